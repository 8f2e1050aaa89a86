import { randomInt } from "node:crypto";
import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { isReady, type MediaRecord, unusedMedia } from "./practice-media.ts";
import { type Account, notFound, problem, type StatusRecord, statusEntity } from "./practice-replies.ts";
import { maxCharacters } from "./rules.ts";
import { measure } from "./text.ts";

interface Key {
  readonly statusId: string;
  readonly at: string;
}

const keyLifeMs = 60 * 60_000;
const maxMedia = 4;
const visibilities = ["public", "unlisted", "private", "direct"];

// https://docs.joinmastodon.org/methods/statuses/#create (checked 2026-11)
export function createStatus(
  request: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): PracticeReply {
  const key = request.headers["idempotency-key"];
  const keyId = typeof key === "string" ? `${account.id} ${key}` : undefined;
  const earlier = keyId === undefined ? undefined : statusForKey(keyId, network);
  if (earlier) return { status: 200, body: statusEntity(earlier, network) };
  const params = paramsOf(request);
  const media = params.mediaIds.map((id) => unusedMedia(id, network, account));
  const refusal = refusalOf(params, media, network);
  if (refusal) {
    network.refuse(params.status, String((refusal.body as { error: string }).error));
    return refusal;
  }
  const post = postOf(params, media as readonly MediaRecord[], network, account, key);
  for (const item of media as readonly MediaRecord[])
    network.collection<MediaRecord>("media").put(item.id, { ...item, statusId: post.id });
  network.collection<StatusRecord>("statuses").put(post.id, { mediaIds: params.mediaIds });
  network.publish(post);
  if (keyId !== undefined)
    network.collection<Key>("keys").put(keyId, { statusId: post.id, at: post.createdAt });
  return { status: 200, body: statusEntity(post, network) };
}

interface Params {
  readonly status: string;
  readonly mediaIds: readonly string[];
  readonly replyTo: string | null;
  readonly visibility: string;
  readonly spoilerText: string;
  readonly language: string;
}

export function paramsOf({ json, fields }: PracticeRequest): Params {
  const given = (json && typeof json === "object" ? json : fields) as Record<string, unknown>;
  const text = (name: string) => (typeof given[name] === "string" ? given[name] : "");
  return {
    status: text("status"),
    mediaIds: Array.isArray(given.media_ids) ? given.media_ids.map(String) : [],
    replyTo: text("in_reply_to_id") || null,
    visibility: text("visibility") || "public",
    spoilerText: text("spoiler_text"),
    language: text("language"),
  };
}

export function refusalOf(
  params: Params,
  media: readonly (MediaRecord | undefined)[],
  network: PracticeNetwork,
): PracticeReply | undefined {
  if (params.replyTo !== null && !network.post(params.replyTo))
    return problem(404, "The post you are trying to reply to does not appear to exist.");
  if (media.length > maxMedia) return problem(422, `Cannot attach more than ${maxMedia} files`);
  const missing = params.mediaIds.filter((_id, index) => !media[index]);
  if (missing.length > 0)
    return problem(422, `Media ${missing.join(", ")} not found or already attached to another post`);
  if (media.length > 1 && media.some((item) => item?.kind === "video"))
    return problem(422, "Cannot attach a video to a post that already contains images");
  if (media.some((item) => item && !isReady(item, network)))
    return problem(422, "Cannot attach files that have not finished processing. Try again in a moment!");
  const badText = textRefusal(params, media.length > 0);
  if (badText) return badText;
  if (!visibilities.includes(params.visibility))
    return problem(422, "Validation failed: Visibility is not included in the list");
  return undefined;
}

export function textRefusal(
  { status, spoilerText }: Pick<Params, "status" | "spoilerText">,
  hasMedia: boolean,
): PracticeReply | undefined {
  if (status.trim() === "" && !hasMedia) return problem(422, "Validation failed: Text can't be blank");
  if (measure(status) + measure(spoilerText) > maxCharacters)
    return problem(422, `Validation failed: Text character limit of ${maxCharacters} exceeded`);
  return undefined;
}

function postOf(
  params: Params,
  media: readonly MediaRecord[],
  network: PracticeNetwork,
  account: Account,
  key: string | string[] | undefined,
): PracticePost {
  return {
    id: `${network.now().getTime()}${randomInt(1e4, 1e5)}`,
    accountId: account.id,
    handle: account.username,
    name: account.name,
    text: params.status,
    link: null,
    media: shownMedia(media),
    replyTo: params.replyTo,
    createdAt: network.now().toISOString(),
    extra: {
      visibility: params.visibility,
      ...(params.spoilerText && { spoilerText: params.spoilerText }),
      ...(params.language && { language: params.language }),
      ...(typeof key === "string" && { deliveryKey: key }),
    },
  };
}

export function shownMedia(media: readonly MediaRecord[]): PracticePost["media"] {
  return media.map(({ url, kind, description }) => ({ url, kind, altText: description }));
}

function statusForKey(keyId: string, network: PracticeNetwork): PracticePost | undefined {
  const key = network.collection<Key>("keys").get(keyId);
  if (!key || network.now().getTime() - Date.parse(key.at) > keyLifeMs) return undefined;
  return network.post(key.statusId);
}

// https://docs.joinmastodon.org/methods/accounts/#statuses (checked 2026-11)
export function ownStatuses(
  { params, query }: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): PracticeReply {
  const own = params.id === account.id;
  const limit = Math.min(Number(query.get("limit")) || 20, 40);
  const before = query.get("max_id");
  const posts = network
    .posts(params.id ?? "")
    .filter((post) => own || ["public", "unlisted"].includes(post.extra.visibility ?? "public"))
    .filter((post) => before === null || post.id < before) // ids grow with time, as Mastodon's do
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  return { status: 200, body: posts.slice(0, limit).map((post) => statusEntity(post, network)) };
}

export function getStatus({ params }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const post = network.post(params.id ?? "");
  return post ? { status: 200, body: statusEntity(post, network) } : notFound();
}

export function deleteStatus(
  { params }: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): PracticeReply {
  const post = network.post(params.id ?? "");
  if (post?.accountId !== account.id) return notFound();
  const entity = { ...statusEntity(post, network), text: post.text };
  network.remove(post.id);
  return { status: 200, body: entity };
}
