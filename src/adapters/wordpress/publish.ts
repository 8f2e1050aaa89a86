import type { Variant } from "../../domain/post.ts";
import type { Pending, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type Comment, json, type Post, requestEntity, type WordPressCredentials } from "./api.ts";
import { commentHtml } from "./comment-html.ts";
import { commentOutcome, postOutcome } from "./outcome.ts";

type WordPress = PublishCall<WordPressCredentials>;

/** Publishes the draft that `prepare` made, or writes the comment below a post that is public. */
export async function publish(variant: Variant, call: WordPress): Promise<Published | Pending> {
  return variant.role === "post" ? await publishDraft(variant, call) : await publishComment(variant, call);
}

/**
 * May be repeated without harm: a post that is public stays the one it is. The draft's own slug gives way to the
 * author's, or to the one WordPress makes of the title.
 * https://developer.wordpress.org/rest-api/reference/posts/#update-a-post (checked 2026-11)
 */
async function publishDraft(variant: Variant, call: WordPress): Promise<Published | Pending> {
  const postId = call.prepared?.values.postId;
  if (!postId)
    throw new PublishError("unavailable", "Nothing is prepared at WordPress for this post yet", {
      notSent: true,
    });
  await refuseDeleted(postId, call);
  const body = json({ status: "publish", slug: String(variant.options.slug ?? "") });
  const post = await call.commit(() => requestEntity<Post>(call, `/posts/${postId}`, body));
  return postOutcome(post, call);
}

/**
 * Publishing would take a draft out of the bin into which somebody at the site has put it. Where we cannot look, the
 * post goes out as planned.
 */
async function refuseDeleted(postId: string, call: WordPress): Promise<void> {
  const path = `/posts/${postId}?context=edit&_fields=id,status`;
  const isDeleted = await requestEntity<Post>(call, path).then(
    ({ status }) => status === "trash",
    (error: unknown) => error instanceof PublishError && error.detail.code === "not_found",
  );
  if (isDeleted)
    throw new PublishError(
      "invalid",
      "Somebody deleted the draft of this post on the WordPress site, so it was not published. Try again if it should go out all the same",
      { code: "draft_deleted", notSent: true },
    );
}

/**
 * WordPress refuses the same words twice below one post.
 * https://developer.wordpress.org/rest-api/reference/comments/#create-a-comment (checked 2026-11)
 */
async function publishComment(variant: Variant, call: WordPress): Promise<Published | Pending> {
  const { parent } = call;
  if (!parent)
    throw new PublishError("invalid", "A comment needs the WordPress post it belongs to", { notSent: true });
  const body = json({ post: Number(parent.externalId), content: commentHtml(variant) });
  const comment = await call.commit(() => requestEntity<Comment>(call, "/comments", body));
  return commentOutcome(comment, parent.externalId, call);
}
