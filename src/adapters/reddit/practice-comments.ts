import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { plainText } from "./markdown.ts";
import type { PracticeUser } from "./practice-access.ts";
import { jsonError } from "./practice-errors.ts";
import { nextId } from "./practice-ids.ts";
import { pathOf } from "./practice-submit.ts";

export const maxComment = 10_000;

/** POST /api/comment */
export function addComment(
  user: PracticeUser,
  { fields }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { thing_id: parentId = "", text: given = "" } = fields;
  const text = given.trim();
  if (fields.api_type !== "json") return { status: 200, body: { jquery: [], success: false } };
  if (text === "") return jsonError("NO_TEXT", "we need something here", "text");
  if ([...text].length > maxComment)
    return jsonError("TOO_LONG", `this is too long (max: ${maxComment})`, "text");
  const parent = network.post(parentId);
  if (!parent) return jsonError("DELETED_LINK", "the link you are commenting on has been deleted", "parent");
  const root = parent.extra.linkId === undefined ? parent : network.post(parent.extra.linkId);
  const post: PracticePost = {
    id: `t1_${nextId(network)}`,
    accountId: user.id,
    handle: user.name,
    name: user.title,
    text: plainText(text),
    link: null,
    media: [],
    replyTo: parentId,
    createdAt: network.now().toISOString(),
    extra: {
      linkId: root?.id ?? parentId,
      subreddit: parent.extra.subreddit ?? "",
      title: root?.extra.title ?? "",
      markdown: text,
    },
  };
  network.publish(post);
  return { status: 200, body: { json: { errors: [], data: { things: [commentThing(post)] } } } };
}

export function commentThing(post: PracticePost) {
  const { id, handle, extra, replyTo, createdAt, accountId } = post;
  const link = { ...post, id: extra.linkId ?? "" };
  return {
    kind: "t1",
    data: {
      id: id.slice(3),
      name: id,
      author: handle,
      author_fullname: `t2_${accountId}`,
      body: extra.markdown ?? "",
      link_id: extra.linkId,
      parent_id: replyTo,
      subreddit: extra.subreddit,
      permalink: `${pathOf(link)}${id.slice(3)}/`,
      created_utc: Date.parse(createdAt) / 1000,
      score: 1,
      ups: 1,
    },
  };
}
