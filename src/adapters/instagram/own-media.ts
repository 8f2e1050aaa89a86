import type { Call } from "../contract/adapter.ts";
import type { GraphMedia } from "../families/graph-files.ts";
import { type InstagramCredentials, request } from "./api.ts";

export interface Media extends GraphMedia {
  readonly id: string;
  /** Instagram Login need not show it, and an empty one is left out. */
  readonly caption?: string;
  readonly permalink?: string;
  readonly timestamp: string;
}

/**
 * Our own posts, newest first; no stories. One page is all there can be of a day: fewer posts are allowed than it holds.
 * https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media (checked 2026-11)
 */
export async function listOwn(
  fields: string,
  since: Date,
  call: Call<InstagramCredentials>,
): Promise<readonly Media[]> {
  const { data } = await request<{ readonly data: readonly Media[] }>(call, {
    method: "GET",
    path: `${call.account.externalId}/media`,
    query: { fields, since: String(Math.floor(since.getTime() / 1000)), limit: "100" },
  });
  return data;
}
