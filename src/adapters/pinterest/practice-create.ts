import { isUrl } from "../../domain/is-url.ts";
import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { PracticeAccount } from "./practice-access.ts";
import { newId, ownBoard } from "./practice-boards.ts";
import { pinEntity } from "./practice-entities.ts";
import { picturesFrom } from "./practice-pictures.ts";
import { invalid, notFound } from "./practice-replies.ts";
import { statusOf, videosOf } from "./practice-upload.ts";
import { measure } from "./text.ts";

const lengths = { title: 100, description: 800, link: 2048, alt_text: 500 };

type Given = Readonly<Record<string, unknown>>;
type Texts = Readonly<Record<keyof typeof lengths, string>>;

/** POST /v5/pins. The specification requires nothing; Pinterest requires a board and something to show. */
export async function createPin(
  account: PracticeAccount,
  { json, query }: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  if (!isObject(json)) return invalid("the body is not a JSON object");
  for (const name of ["board_id", "media_source"])
    if (json[name] === undefined) return invalid(`'${name}' is a required property`);
  if (typeof json.board_id !== "string" || !/^\d+$/.test(json.board_id))
    return invalid(`${JSON.stringify(json.board_id)} does not match '^\\d+$'`);
  const texts = textsOf(json);
  if ("status" in texts) return texts;
  const board = ownBoard(json.board_id, account, network);
  if (!board) return notFound("Board");
  const media = await mediaFrom(json.media_source, texts.alt_text, account, network);
  if ("status" in media) return media;
  const post: PracticePost = {
    id: newId(network),
    accountId: account.id,
    handle: account.username,
    name: account.name,
    text: texts.description,
    link: texts.link || null,
    media,
    replyTo: null,
    createdAt: network.now().toISOString(),
    extra: {
      boardId: board.id,
      board: board.name,
      ...(texts.title && { title: texts.title }),
      ...(texts.alt_text && { altText: texts.alt_text }),
    },
  };
  network.publish(post);
  return { status: 201, body: pinEntity(post, query) };
}

/** For the ledger, whatever else is wrong with the request. */
export function textOf({ json }: PracticeRequest): string {
  return isObject(json) && typeof json.description === "string" ? json.description : "";
}

function textsOf(given: Given): Texts | PracticeReply {
  const texts: Record<string, string> = {};
  for (const [name, max] of Object.entries(lengths)) {
    const value = given[name] ?? "";
    if (typeof value !== "string") return invalid(`${JSON.stringify(value)} is not of type 'string'`);
    if (measure(value) > max) return invalid(`'${value}' is too long`);
    texts[name] = value;
  }
  const { link } = texts;
  if (link && !(/^https?:\/\//i.test(link) && isUrl(link))) return invalid("Invalid URL");
  return texts as Texts;
}

/** What the adapter does not use (addresses to fetch, other Pins) is refused like a source that does not exist. */
async function mediaFrom(
  source: unknown,
  altText: string,
  account: PracticeAccount,
  network: PracticeNetwork,
): Promise<PracticePost["media"] | PracticeReply> {
  if (!isObject(source)) return invalid("media_source is not of type 'object'");
  switch (source.source_type) {
    case "image_base64":
      return picturesFrom([source], altText, network);
    case "multiple_image_base64": {
      const { items } = source;
      if (!Array.isArray(items)) return invalid("'items' is a required property");
      if (items.length > 5) return invalid("items is too long, constraint: maxItems=5");
      if (items.length < 2) return invalid("items is too short, constraint: minItems=2");
      return picturesFrom(items, altText, network);
    }
    case "video_id":
      return videoFrom(source, altText, account, network);
    default:
      return invalid(`${JSON.stringify(source.source_type)} is not a valid source_type`);
  }
}

function videoFrom(
  source: Given,
  altText: string,
  account: PracticeAccount,
  network: PracticeNetwork,
): PracticePost["media"] | PracticeReply {
  const { media_id: id, cover_image_key_frame_time: coverAt } = source;
  if (typeof id !== "string" || !/^\d+$/.test(id)) return invalid("media_id does not match '^\\d+$'");
  if (typeof coverAt !== "number" || !Number.isInteger(coverAt) || coverAt < 0)
    return invalid(
      "one of cover_image_url or cover_image_content_type with cover_image_data or cover_image_key_frame_time is required",
    );
  const video = videosOf(network).get(id);
  if (video?.ownerId !== account.id) return notFound("Media");
  if (statusOf(video, network) !== "succeeded" || video.url === null)
    return invalid("the media upload has not been processed successfully");
  return [{ url: video.url, kind: "video", altText }];
}

function isObject(value: unknown): value is Given {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
