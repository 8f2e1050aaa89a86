import { plainText } from "../../markup/plain-text.ts";
import type { Absent, Pending, Published, Question, Refused, Unknown } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { type Comment, type Post, requestEntity, requestList, type WordPressCall } from "./api.ts";
import { comparable } from "./comparable.ts";
import { commentOutcome, pathOf, postOutcome } from "./outcome.ts";

type Answer = Published | Pending | Absent | Refused | Unknown;

/** A draft tells by itself whether it was published; a comment has to be looked for, unless we know its id. */
export async function reconcile(question: Question, call: WordPressCall): Promise<Answer> {
  const { variant, prepared, handle } = question;
  if (variant.role !== "post")
    return handle === undefined
      ? await findComment(question, call)
      : await askComment(handle, question, call);
  const postId = prepared?.values.postId ?? handle;
  return postId === undefined ? { state: "unknown" } : await askPost(postId, call);
}

/** https://developer.wordpress.org/rest-api/reference/posts/#retrieve-a-post (checked 2026-11) */
async function askPost(postId: string, call: WordPressCall): Promise<Answer> {
  const path = `${pathOf(postId)}?context=edit&_fields=id,status,link`;
  const post = await unlessGone(() => requestEntity<Post>(call, path));
  switch (post?.status) {
    case "publish":
    case "future": // the site's own clock, or a person there, has it wait
      return postOutcome(post, call);
    case "draft":
    case "auto-draft":
      return { state: "absent" };
    case "pending":
      return {
        state: "refused",
        code: "needs_review",
        message:
          "The WordPress site keeps this post for review. It goes out when somebody publishes it there",
      };
    default: // gone, in the bin or private: it may have been public before
      return { state: "unknown" };
  }
}

async function askComment(handle: string, { parent }: Question, call: WordPressCall): Promise<Answer> {
  const path = `${pathOf(handle)}?_fields=id,status,link`;
  const comment = await unlessGone(() => requestEntity<Comment>(call, path));
  if (comment?.status === "approved" || comment?.status === "hold")
    return commentOutcome(comment, parent?.externalId ?? "", call);
  return {
    state: "refused",
    code: "removed_by_platform",
    message: "The WordPress site took this comment for spam, or somebody there removed it",
  };
}

/**
 * WordPress keeps an author from saying the same twice below one post, so whatever matches is ours.
 * https://developer.wordpress.org/rest-api/reference/comments/#list-comments (checked 2026-11)
 */
async function findComment({ parent, variant }: Question, call: WordPressCall): Promise<Answer> {
  if (!parent) return { state: "unknown" };
  const query = new URLSearchParams({
    post: parent.externalId,
    author: call.account.externalId,
    per_page: String(pageSize),
    _fields: "id,status,link,content",
  });
  const comments = await requestList<Comment>(call, `/comments?${query}`);
  const wanted = comparable(textWithLink(variant));
  const found = comments.filter(({ content }) => comparable(plainText(content?.rendered ?? "")) === wanted);
  const [comment, another] = found;
  if (!comment) return { state: comments.length < pageSize ? "absent" : "unknown" };
  return another ? { state: "unknown" } : commentOutcome(comment, parent.externalId, call);
}

const pageSize = 100; // the most WordPress gives

async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PublishError && error.detail.code === "not_found") return undefined;
    throw error;
  }
}
