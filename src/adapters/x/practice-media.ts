import { fileTypeFromFile } from "file-type";
import type {
  PracticeCollection,
  PracticeFile,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
} from "../../practice/kit.ts";
import type { PracticeUser } from "./practice-access.ts";
import { nextId } from "./practice-ids.ts";
import { invalidRequest } from "./practice-problems.ts";

const megabyte = 1024 * 1024;
const lifeMs = 24 * 60 * 60_000;
const maxAltText = 1000;

// https://docs.x.com/x-api/media/quickstart/best-practices (checked 2026-11)
export const categories = {
  tweet_image: {
    maxBytes: 5 * megabyte,
    kind: "image",
    types: ["image/jpeg", "image/png", "image/webp", "image/gif"],
  },
  tweet_gif: { maxBytes: 15 * megabyte, kind: "image", types: ["image/gif"] },
  tweet_video: { maxBytes: 8192 * megabyte, kind: "video", types: ["video/mp4", "video/quicktime"] },
} as const;

export type Category = keyof typeof categories;

export interface PracticeMedia {
  readonly userId: string;
  readonly category: Category;
  readonly kind: "image" | "video";
  readonly totalBytes: number;
  readonly altText: string;
  readonly expiresAtMs: number;
  /** Null until all of it has arrived. */
  readonly finalizedAtMs: number | null;
  /** Where timelines find it; null until then, and for a file that X cannot process. */
  readonly url: string | null;
}

export const mediaOf = (network: PracticeNetwork): PracticeCollection<PracticeMedia> =>
  network.collection("media");

/** POST /2/media/upload: a still image in one request. */
export async function uploadImage(
  user: PracticeUser,
  { fields, files }: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const { media_category: category, ...others } = fields;
  const { media: file, ...otherFiles } = files;
  const strange = Object.keys({ ...others, ...otherFiles })[0];
  if (strange !== undefined) return invalidRequest(`${strange} is not a parameter of this endpoint.`);
  if (!file) return invalidRequest("media parameter is missing.");
  if (category !== "tweet_image")
    return invalidRequest("media_category must be tweet_image: upload other files in segments.", {
      media_category: category,
    });
  const { maxBytes, types } = categories[category];
  if (file.bytes > maxBytes) return invalidRequest(`File size exceeds ${maxBytes} bytes.`);
  const mimeType = (await fileTypeFromFile(file.path))?.mime;
  if (!types.some((type) => type === mimeType)) return invalidRequest("media type unrecognized.");
  const { id, media } = await keepReady({ ...file, mimeType: mimeType ?? "" }, user, category, network);
  return described(id, media);
}

/** Media that there is nothing to wait for. */
export async function keepReady(
  file: PracticeFile,
  user: PracticeUser,
  category: Category,
  network: PracticeNetwork,
): Promise<{ readonly id: string; readonly media: PracticeMedia }> {
  const media: PracticeMedia = {
    ...newMedia(user, category, file.bytes, network),
    finalizedAtMs: network.now().getTime() - lifeMs,
    url: await network.keep(file),
  };
  const id = nextId(network);
  mediaOf(network).put(id, media);
  return { id, media };
}

/** POST /2/media/metadata */
export function setAltText(
  user: PracticeUser,
  { json }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { id, metadata } = (json ?? {}) as { id?: unknown; metadata?: { alt_text?: { text?: unknown } } };
  const text = metadata?.alt_text?.text;
  const media = typeof id === "string" ? ownMedia(id, user, network) : undefined;
  if (typeof id !== "string" || !media) return unknownMedia();
  if (typeof text !== "string")
    return invalidRequest("$.metadata.alt_text.text: is missing but it is required");
  if (text.length > maxAltText)
    return invalidRequest(`$.metadata.alt_text.text: must be at most ${maxAltText} characters long`);
  mediaOf(network).put(id, { ...media, altText: text });
  return { status: 200, body: { data: { id, associated_metadata: { alt_text: { text } } } } };
}

export function newMedia(
  user: PracticeUser,
  category: Category,
  totalBytes: number,
  network: PracticeNetwork,
): PracticeMedia {
  return {
    userId: user.id,
    category,
    kind: categories[category].kind,
    totalBytes,
    altText: "",
    expiresAtMs: network.now().getTime() + lifeMs,
    finalizedAtMs: null,
    url: null,
  };
}

/** Someone else's is as good as none. */
export function ownMedia(
  id: string,
  user: PracticeUser,
  network: PracticeNetwork,
): PracticeMedia | undefined {
  const media = mediaOf(network).get(id);
  return media && media.userId === user.id && media.expiresAtMs > network.now().getTime() ? media : undefined;
}

/** What a post may carry: one's own, here, and processed. */
export function usableMedia(
  id: string,
  user: PracticeUser,
  network: PracticeNetwork,
): PracticeMedia | undefined {
  const media = ownMedia(id, user, network);
  return media && stateOf(media, network) === "succeeded" ? media : undefined;
}

/** Four pictures, or one GIF, or one video. */
export function canBePosted(media: readonly PracticeMedia[]): boolean {
  return media.length <= 1 || media.every(({ category }) => category === "tweet_image");
}

/** X takes its time: a second in the queue, a second at work. */
export function stateOf(
  { finalizedAtMs, url }: PracticeMedia,
  network: PracticeNetwork,
): "uploading" | "pending" | "in_progress" | "succeeded" | "failed" {
  if (finalizedAtMs === null) return "uploading";
  const sinceMs = network.now().getTime() - finalizedAtMs;
  if (sinceMs < 1000) return "pending";
  if (sinceMs < 2000) return "in_progress";
  return url === null ? "failed" : "succeeded";
}

export function unknownMedia(): PracticeReply {
  return invalidRequest("BadRequest: Not found");
}

/** @param more `processing_info` */
export function described(id: string, media: PracticeMedia, more: object = {}): PracticeReply {
  const data = {
    id,
    media_key: `${media.kind === "video" ? 13 : 3}_${id}`,
    size: media.totalBytes,
    expires_after_secs: lifeMs / 1000,
    ...more,
  };
  return { status: 200, body: { data } };
}
