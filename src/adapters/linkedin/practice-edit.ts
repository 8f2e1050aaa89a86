import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { type Caller, speaksFor } from "./practice-access.ts";
import { maxText } from "./practice-comments.ts";
import { maxCommentary } from "./practice-create.ts";
import { commentsBelow, postBy, sharesOf } from "./practice-posts.ts";
import { denied, isObject, notFound, problem, tooLong, wrong } from "./practice-replies.ts";
import { understood } from "./practice-text.ts";
import { measure } from "./text.ts";

/** POST /rest/posts/:urn as a partial update. Ads aside, the commentary is all that can be changed. */
export function editPost(caller: Caller, request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const { urn = "" } = request.params;
  const { commentary } = patchIn(request, ["$set"]) ?? {};
  if (typeof commentary !== "string") return notPartial();
  const post = network.post(urn);
  if (!post) return notFound(urn);
  if (!speaksFor(caller, post.accountId, network)) return denied("partnerApiPosts.PARTIAL_UPDATE");
  const text = understood(commentary);
  if (text === undefined) return wrong("/commentary");
  if (measure(text) > maxCommentary) return tooLong("/commentary", maxCommentary);
  if (text.trim() === "" && !sharesOf(network).get(post.id)?.content)
    return problem(400, "INVALID_VALUE_BLANK_FIELD", "/commentary :: may not be blank");
  return changed(post, text, network);
}

/** POST /rest/socialActions/:urn/comments/:id?actor=… as a partial update */
export function editComment(
  caller: Caller,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { urn = "", id = "" } = request.params;
  const { text } = patchIn(request, ["message", "$set"]) ?? {};
  if (typeof text !== "string") return notPartial();
  const post = postBy(urn, network);
  const comment = post && commentsBelow(post.id, network).find(({ extra }) => extra.commentId === id);
  if (!comment) return notFound(id);
  const isOwn = comment.accountId === request.query.get("actor");
  if (!isOwn || !speaksFor(caller, comment.accountId, network))
    return denied("partnerApiSocialActions.PARTIAL_UPDATE");
  if (text.trim() === "")
    return problem(400, "INVALID_VALUE_BLANK_FIELD", "/message/text :: may not be blank");
  if (text.length > maxText) return tooLong("/message/text", maxText);
  return changed(comment, text, network);
}

/** What is set below these names, where that is all there is. */
function patchIn(
  { json, headers }: PracticeRequest,
  names: readonly string[],
): Record<string, unknown> | undefined {
  if (headers["x-restli-method"] !== "PARTIAL_UPDATE") return undefined;
  let part: unknown = json;
  for (const name of ["patch", ...names]) {
    if (!isObject(part) || Object.keys(part).length !== 1) return undefined;
    part = part[name];
  }
  return isObject(part) && Object.keys(part).length === 1 ? part : undefined;
}

function notPartial(): PracticeReply {
  return problem(400, "ILLEGAL_ARGUMENT", "Could not read the request body as a partial update");
}

function changed(post: PracticePost, text: string, network: PracticeNetwork): PracticeReply {
  if (text !== post.text) network.edit(post, { text, extra: { editedAt: network.now().toISOString() } });
  return { status: 204 };
}
