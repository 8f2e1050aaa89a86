import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { plainText } from "./markdown.ts";
import type { PracticeUser } from "./practice-access.ts";
import { maxComment } from "./practice-comments.ts";
import { jsonError, plainError } from "./practice-errors.ts";
import { ownRemoved, removedOf, thingOf } from "./practice-read.ts";
import { maxBody } from "./rules.ts";

/** Sooner than that nobody is told. */
const unmarkedMs = 3 * 60_000;

/**
 * POST /api/editusertext: the text of one's own comments and text posts. What is gone counts as another's.
 * https://github.com/reddit-archive/reddit/blob/master/r2/r2/controllers/api.py (checked 2026-11)
 */
export function editText(
  user: PracticeUser,
  { fields }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { thing_id: id = "", text: given = "" } = fields;
  const text = given.trim();
  if (fields.api_type !== "json") return { status: 200, body: { jquery: [], success: false } };
  if (text === "") return jsonError("NO_TEXT", "we need something here", "text");
  const post = network.post(id) ?? ownRemoved(id, user, network);
  if (post?.accountId !== user.id) return jsonError("NOT_AUTHOR", "you can't do that", "thing_id");
  const isComment = id.startsWith("t1_");
  if (!isComment && post.extra.kind !== "self") return plainError(403);
  const max = isComment ? maxComment : maxBody;
  if ([...text].length > max) return jsonError("TOO_LONG", `this is too long (max: ${max})`, "text");
  const changed = change(post, text, network);
  return { status: 200, body: { json: { errors: [], data: { things: [thingOf(changed, network)] } } } };
}

function change(post: PracticePost, markdown: string, network: PracticeNetwork): PracticePost {
  const now = network.now();
  const isMarked = now.getTime() - Date.parse(post.createdAt) > unmarkedMs;
  const extra = { ...post.extra, markdown, ...(isMarked && { editedAt: now.toISOString() }) };
  const changed = { ...post, text: plainText(markdown), extra };
  if (network.post(post.id)) network.edit(post, changed);
  else removedOf(network).put(post.id, changed);
  return changed;
}
