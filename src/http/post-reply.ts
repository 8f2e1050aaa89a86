import type { PostView, StoredPost } from "../publishing/post-view.ts";
import type { Reply } from "./route.ts";

/** A post, with its revision as the ETag. */
export function postReply(status: number, post: PostView): Reply {
  return { status, headers: { ETag: `"${post.revision}"` }, body: post };
}

/** The same, with what was to be said about storing it. */
export function storedReply(status: number, { post, warnings, skipped }: StoredPost): Reply {
  const reply = postReply(status, post);
  const location = status === 201 ? { Location: `/v1/posts/${post.id}` } : {};
  return { ...reply, headers: { ...reply.headers, ...location }, body: { ...post, warnings, skipped } };
}
