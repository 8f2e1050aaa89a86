import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { type Caller, reads, speaksFor } from "./practice-access.ts";
import { whoIs } from "./practice-create.ts";
import { nextId } from "./practice-ids.ts";
import { commentEntity, commentsBelow, postBy, sharesOf } from "./practice-posts.ts";
import {
  denied,
  isObject,
  missing,
  notFound,
  problem,
  tooLong,
  unpermitted,
  wrong,
} from "./practice-replies.ts";

export const maxText = 1250;
/** LinkedIn's activity service learns of a post some seconds after the post is there. */
const activityAfterMs = 2000;

/** POST /rest/socialActions/:urn/comments. The text is plain: what looks like little text is shown as it is. */
export function createComment(
  caller: Caller,
  { json, params: { urn = "" } }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  if (!isObject(json)) return problem(400, "ILLEGAL_ARGUMENT", "Could not read the request body");
  const { actor, object, message, ...others } = json;
  if (Object.keys(others).length > 0) return unpermitted(Object.keys(others));
  if (!caller.scopes.includes("w_organization_social_feed") || !speaksFor(caller, actor, network))
    return denied("partnerApiSocialActions.CREATE");
  if (object === undefined) return missing("/object");
  const text = isObject(message) ? message.text : undefined;
  if (typeof text !== "string" || text.trim() === "") return missing("/message/text");
  if (text.length > maxText) return tooLong("/message/text", maxText);
  const post = postBy(urn, network);
  if (!post) return notFound(urn);
  if (postBy(String(object), network)?.id !== post.id) return wrong("/object");
  if (network.now().getTime() - Date.parse(post.createdAt) < activityAfterMs)
    return { status: 404, body: { status: 404, message: `Unable to obtain activity for urn: '${urn}'` } };
  const comment = publish(String(actor), text, post, network);
  const id = comment.extra.commentId ?? "";
  return { status: 201, headers: { "x-restli-id": id }, body: commentEntity(comment, network) };
}

function publish(actor: string, text: string, post: PracticePost, network: PracticeNetwork): PracticePost {
  const commentId = nextId(network);
  const comment: PracticePost = {
    id: `urn:li:comment:(${sharesOf(network).get(post.id)?.activity},${commentId})`,
    accountId: actor,
    ...whoIs(actor, network),
    text,
    link: null,
    media: [],
    replyTo: post.id,
    createdAt: network.now().toISOString(),
    extra: { commentId },
  };
  network.publish(comment);
  return comment;
}

/** GET /rest/socialActions/:urn/comments */
export function listComments(
  caller: Caller,
  { params: { urn = "" }, query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const post = postBy(urn, network);
  if (!caller.scopes.includes("r_organization_social_feed")) return denied("partnerApiSocialActions.GET_ALL");
  if (!post) return notFound(urn);
  if (!reads(caller, post.accountId, network)) return denied("partnerApiSocialActions.GET_ALL");
  const [start, count] = [Number(query.get("start") ?? 0), Number(query.get("count") ?? 10)];
  const comments = commentsBelow(post.id, network).slice(start, start + count);
  return {
    status: 200,
    body: {
      elements: comments.map((comment) => commentEntity(comment, network)),
      paging: { start, count, links: [] },
    },
  };
}

/** DELETE /rest/socialActions/:urn/comments/:id?actor=… */
export function deleteComment(
  caller: Caller,
  { params: { urn = "", id = "" }, query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const post = postBy(urn, network);
  const comment = post && commentsBelow(post.id, network).find(({ extra }) => extra.commentId === id);
  if (!comment) return notFound(id);
  if (comment.accountId !== query.get("actor") || !speaksFor(caller, comment.accountId, network))
    return denied("partnerApiSocialActions.DELETE");
  network.remove(comment.id);
  return { status: 204 };
}
