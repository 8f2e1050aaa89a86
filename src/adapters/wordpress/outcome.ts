import { isUrl } from "../../domain/is-url.ts";
import type { Pending, Published } from "../contract/adapter.ts";
import type { Comment, Post, WordPressCall } from "./api.ts";

const commentPrefix = "comment-";
const waitMs = 60_000;
const moderationMs = 15 * 60_000;

/** Posts and comments are counted apart: a comment is called as WordPress calls it in its own addresses. */
function commentExternalId(id: number): string {
  return `${commentPrefix}${id}`;
}

/** A comment's own number; undefined for a post. */
export function commentIdOf(externalId: string): string | undefined {
  return externalId.startsWith(commentPrefix) ? externalId.slice(commentPrefix.length) : undefined;
}

/** Where the API has the post or comment of this id. */
export function pathOf(externalId: string): string {
  const commentId = commentIdOf(externalId);
  return commentId === undefined
    ? `/posts/${encodeURIComponent(externalId)}`
    : `/comments/${encodeURIComponent(commentId)}`;
}

/** What became of a post that was to be published: other than public only where the site itself has it so. */
export function postOutcome({ id, status, link }: Post, call: WordPressCall): Published | Pending {
  const externalId = String(id);
  if (status !== "publish") return { state: "pending", handle: externalId, checkAfterMs: waitMs };
  const plain = `${call.baseUrl.web}/?p=${id}`; // leads there whatever a site's addresses look like
  return { state: "published", externalId, externalUrl: isWeb(link) ? link : plain };
}

/** A site may look at comments before it shows them. */
export function commentOutcome(
  { id, status, link }: Comment,
  postId: string,
  call: WordPressCall,
): Published | Pending {
  const externalId = commentExternalId(id);
  if (status !== "approved") return { state: "pending", handle: externalId, checkAfterMs: moderationMs };
  const plain = `${call.baseUrl.web}/?p=${encodeURIComponent(postId)}#${externalId}`;
  return { state: "published", externalId, externalUrl: isWeb(link) ? link : plain };
}

function isWeb(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//.test(url) && isUrl(url);
}
