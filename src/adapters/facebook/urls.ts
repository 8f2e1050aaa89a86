import type { Call, Prepared, Published } from "../contract/adapter.ts";
import { publishedAt } from "../families/graph-permalink.ts";

/** What `prepare` made, and the field that makes it public. */
export interface Handle {
  readonly id: string;
  /**
   * Posts are switched by `is_published`. Videos are nodes of their own: Meta's parameter lists give them `published`
   * to read and to write, and no `is_published`. That a video once made with `published=false` comes out this way is
   * what those lists permit; no page of the documentation walks through it.
   */
  readonly switch: "is_published" | "published";
}

/** @param pendingId of a video that Facebook took and did not show yet */
export function handleOf(prepared: Prepared | undefined, pendingId?: string): Handle | undefined {
  const { postId, videoId = pendingId } = prepared?.values ?? {};
  if (postId) return { id: postId, switch: "is_published" };
  return videoId ? { id: videoId, switch: "published" } : undefined;
}

/**
 * @param permalink as Facebook gives it: for videos without the host
 * @param otherwise where to look when it gives none
 */
export function published(
  externalId: string,
  permalink: string | undefined,
  call: Pick<Call<unknown>, "account" | "baseUrl">,
  otherwise = linkTo(externalId, call),
): Published {
  const url = permalink?.startsWith("/") ? `${call.baseUrl.web}${permalink}` : permalink;
  return publishedAt(externalId, url, otherwise);
}

/** An address that Facebook leads on from, built from ids alone: `{page}_{post}`, or a video's single number. */
export function linkTo(
  externalId: string,
  call: Pick<Call<unknown>, "account" | "baseUrl">,
  commentId?: string,
): string {
  const [pageId, postId] = externalId.split("_");
  const path = postId ? `${pageId}/posts/${postId}` : `${call.account.externalId}/videos/${externalId}`;
  const comment = commentId ? `?comment_id=${commentId.split("_").at(-1)}` : "";
  return `${call.baseUrl.web}/${path}${comment}`;
}
