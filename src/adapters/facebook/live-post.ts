import type { Call } from "../contract/adapter.ts";
import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { isGone, unlessGone } from "../families/graph-gone.ts";
import { type FacebookCredentials, type Node, request } from "./api.ts";

type Facebook = Call<FacebookCredentials>;

/** Gone already is fine. @throws PublishError */
export async function deletePost(externalId: string, call: Facebook): Promise<void> {
  try {
    await request(call, { method: "DELETE", path: externalId });
  } catch (error) {
    if (!isGone(error)) throw error;
    // The same refusal stands for "not there" and for "not yours": only a look tells them apart.
    const node = await unlessGone(() =>
      request<Node>(call, { method: "GET", path: externalId, query: { fields: "id" } }),
    );
    if (node)
      throw new PublishError("forbidden", "Facebook does not let this account delete the post", error.detail);
  }
}

interface Counts {
  readonly reactions?: Summary;
  readonly likes?: Summary;
  readonly comments?: Summary;
  readonly shares?: { readonly count?: number };
  readonly like_count?: number;
  readonly comment_count?: number;
}
interface Summary {
  readonly summary?: { readonly total_count?: number };
}

/** https://developers.facebook.com/docs/graph-api/reference/pagepost (checked 2026-11) */
export async function metrics(
  externalId: string,
  call: Facebook,
): Promise<Partial<Record<MetricName, number>>> {
  const counts = await request<Counts>(call, {
    method: "GET",
    path: externalId,
    query: { fields: countFields(externalId, call.account.externalId) },
  });
  const likes =
    counts.reactions?.summary?.total_count ?? counts.likes?.summary?.total_count ?? counts.like_count;
  const replies = counts.comments?.summary?.total_count ?? counts.comment_count;
  const isPost = counts.reactions !== undefined;
  return {
    ...(likes !== undefined && { likes }),
    ...(replies !== undefined && { replies }),
    ...(isPost && { reposts: counts.shares?.count ?? 0 }), // left out by Facebook while there are none
  };
}

/** Ids tell the kinds apart: `{page}_{post}`, `{post}_{comment}`, and one number for a video. */
function countFields(externalId: string, pageId: string): string {
  const comments = "comments.limit(0).summary(total_count)";
  if (externalId.startsWith(`${pageId}_`))
    return `shares,reactions.limit(0).summary(total_count),${comments}`;
  return externalId.includes("_")
    ? "like_count,comment_count"
    : `likes.limit(0).summary(total_count),${comments}`;
}
