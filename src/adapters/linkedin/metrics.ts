import type { Call } from "../contract/adapter.ts";
import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type LinkedInCredentials, readElements, request } from "./request.ts";
import { commentIn, encoded, isOrganization } from "./urns.ts";

const names: Readonly<Record<string, MetricName>> = {
  impressionCount: "views",
  likeCount: "likes",
  shareCount: "reposts",
  commentCount: "replies",
  clickCount: "clicks",
};

interface Statistics {
  readonly totalShareStatistics?: Readonly<Record<string, unknown>>;
}

/**
 * Of a page's posts; a comment has none here.
 * https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/share-statistics (checked 2026-11)
 */
export async function metrics(
  externalId: string,
  call: Call<LinkedInCredentials>,
): Promise<Partial<Record<MetricName, number>>> {
  const author = call.account.externalId;
  if (!isOrganization(author))
    throw new PublishError(
      "forbidden",
      "LinkedIn shows apps the numbers of a page's posts, not of a member's",
      {
        code: "member_not_readable",
      },
    );
  if (commentIn(externalId)) return {};
  const list = externalId.startsWith("urn:li:ugcPost:") ? "ugcPosts" : "shares";
  const query = `q=organizationalEntity&organizationalEntity=${encoded(author)}&${list}=List(${encoded(externalId)})`;
  const response = await request(call, {
    method: "GET",
    path: "/rest/organizationalEntityShareStatistics",
    query,
    restliMethod: "FINDER",
  });
  const [found] = await readElements<Statistics>(response);
  const counts: Partial<Record<MetricName, number>> = {};
  for (const [name, count] of Object.entries(found?.totalShareStatistics ?? {})) {
    const metric = names[name];
    // A like taken back late may leave less than none.
    if (metric && typeof count === "number") counts[metric] = Math.max(0, Math.round(count));
  }
  return counts;
}
