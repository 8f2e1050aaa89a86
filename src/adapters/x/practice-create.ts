import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { PracticeUser } from "./practice-access.ts";
import { isId, nextId } from "./practice-ids.ts";
import { canBePosted, type PracticeMedia, usableMedia } from "./practice-media.ts";
import { forbidden, invalidRequest } from "./practice-problems.ts";
import { shownText } from "./practice-text.ts";
import { cashtags, extraRules, measure } from "./text.ts";

/** X does not say for how long it remembers a text; a day is what its users report at least. */
const duplicateWindowMs = 24 * 60 * 60_000;
export const maxLength = 280;
const replySettings = ["following", "mentionedUsers", "subscribers", "verified"];

interface Body {
  readonly text: string;
  readonly mediaIds: readonly string[];
  readonly replyTo: string | null;
  readonly replySettings: string;
}

/** POST /2/tweets. Nothing in it waits, so that two requests at once cannot pass the duplicate check together. */
export function createPost(
  user: PracticeUser,
  { json }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const body = parse(json);
  if ("status" in body) return body;
  const media = body.mediaIds.map((id) => usableMedia(id, user, network));
  const refusal =
    textRefusal(body.text) ??
    mediaRefusal(body.mediaIds, media) ??
    replyRefusal(body.replyTo, user, network) ??
    duplicateRefusal(body.text, user, network);
  if (refusal) return refusal;
  const post: PracticePost = {
    id: nextId(network),
    accountId: user.id,
    handle: user.handle,
    name: user.name,
    text: body.text,
    link: null,
    media: media.flatMap((item) =>
      item?.url ? [{ url: item.url, kind: item.kind, altText: item.altText }] : [],
    ),
    replyTo: body.replyTo,
    createdAt: network.now().toISOString(),
    extra: { replySettings: body.replySettings },
  };
  network.publish(post);
  const { id } = post;
  const history = { edit_history_post_ids: [id], edit_history_tweet_ids: [id] };
  return { status: 201, body: { data: { id, text: shownText(post), ...history } } };
}

/** For the ledger, whatever else is wrong with the request. */
export function textOf({ json }: PracticeRequest): string {
  const text = (json as { text?: unknown } | null | undefined)?.text;
  return typeof text === "string" ? text : "";
}

/** What the adapter does not use (polls, quotes, places …) is refused like a field that does not exist. */
function parse(json: unknown): Body | PracticeReply {
  if (!isObject(json)) return invalidRequest("Request body is not valid JSON.");
  const { text = "", media, reply, reply_settings = "" } = json;
  const strange =
    unknownField("$", json, ["text", "media", "reply", "reply_settings"]) ??
    (isObject(media) ? unknownField("$.media", media, ["media_ids"]) : undefined) ??
    (isObject(reply) ? unknownField("$.reply", reply, ["in_reply_to_tweet_id"]) : undefined);
  if (strange) return strange;
  if (typeof text !== "string") return invalidRequest("$.text: string expected");
  const mediaIds = media === undefined ? [] : isObject(media) ? media.media_ids : undefined;
  if (!Array.isArray(mediaIds) || !mediaIds.every(isId) || (media !== undefined && mediaIds.length === 0))
    return invalidRequest("$.media.media_ids: does not match the regex pattern ^[0-9]{1,19}$", { media });
  if (mediaIds.length > 4)
    return invalidRequest("$.media.media_ids: there must be a maximum of 4 items in the array");
  const replyTo = isObject(reply) ? reply.in_reply_to_tweet_id : null;
  if (reply !== undefined && !isId(replyTo))
    return invalidRequest("$.reply.in_reply_to_tweet_id: does not match the regex pattern ^[0-9]{1,19}$", {
      reply,
    });
  if (typeof reply_settings !== "string" || (reply_settings && !replySettings.includes(reply_settings)))
    return invalidRequest(`$.reply_settings: does not have a value in the enumeration [${replySettings}]`);
  if (text.trim() === "" && mediaIds.length === 0)
    return invalidRequest("$.text: must be at least 1 characters long");
  const parent = typeof replyTo === "string" ? replyTo : null;
  return { text: text.normalize("NFC").trim(), mediaIds, replyTo: parent, replySettings: reply_settings };
}

/** A text that is too long gets the sentence X has for everything. */
function textRefusal(text: string): PracticeReply | undefined {
  if (cashtags(text).length > 1) return forbidden("Posts are limited to a maximum of one cashtag");
  const issues = extraRules({ role: "post", text, link: null, media: [], options: {} });
  if (measure(text) > maxLength || issues.length > 0)
    return forbidden("You are not permitted to perform this action.");
  return undefined;
}

function mediaRefusal(
  ids: readonly string[],
  media: readonly (PracticeMedia | undefined)[],
): PracticeReply | undefined {
  const found = media.filter((item) => item !== undefined);
  if (found.length === ids.length && new Set(ids).size === ids.length && canBePosted(found)) return undefined;
  return invalidRequest("Your media IDs are invalid.", { "media.media_ids": ids });
}

/** An account may answer itself, and those who mention it; nobody else, through the API. */
function replyRefusal(
  replyTo: string | null,
  user: PracticeUser,
  network: PracticeNetwork,
): PracticeReply | undefined {
  if (replyTo === null) return undefined;
  const target = network.post(replyTo);
  if (!target) return forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.");
  const summoned = target.text.toLowerCase().includes(`@${user.handle.toLowerCase()}`);
  if (target.accountId === user.id || summoned) return undefined;
  return forbidden(
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.",
  );
}

function duplicateRefusal(
  text: string,
  user: PracticeUser,
  network: PracticeNetwork,
): PracticeReply | undefined {
  if (text === "") return undefined;
  const since = new Date(network.now().getTime() - duplicateWindowMs).toISOString();
  for (const post of network.posts(user.id)) {
    if (post.createdAt < since) return undefined;
    if (post.text === text) return forbidden("You are not allowed to create a Tweet with duplicate content.");
  }
  return undefined;
}

function unknownField(
  path: string,
  object: Record<string, unknown>,
  known: readonly string[],
): PracticeReply | undefined {
  const name = Object.keys(object).find((key) => !known.includes(key));
  if (name === undefined) return undefined;
  return invalidRequest(
    `${path}.${name}: is not defined in the schema and the schema does not allow additional properties`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
