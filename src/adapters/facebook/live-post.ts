import type { Call } from "../contract/adapter.ts";
import type { MetricName } from "../contract/capabilities.ts";
import { deleteNode } from "../families/graph-delete.ts";
import { type FacebookCredentials, request } from "./api.ts";
import { platform } from "./errors.ts";

type Facebook = Call<FacebookCredentials>;

/** @throws PublishError */
export async function deletePost(externalId: string, call: Facebook): Promise<void> {
  await deleteNode(externalId, call, platform);
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
