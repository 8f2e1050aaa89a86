import type { Media } from "../../domain/post.ts";
import { PublishError } from "../contract/publish-error.ts";

/** https://developers.pinterest.com/docs/api/v5/pins-create (checked 2026-11) */
export interface NewPin {
  readonly board_id: string;
  readonly title?: string;
  readonly description?: string;
  readonly link?: string;
  readonly alt_text?: string;
  readonly media_source: MediaSource;
}

type MediaSource =
  | {
      readonly source_type: "video_id";
      readonly media_id: string;
      readonly cover_image_key_frame_time: number;
    }
  | ({ readonly source_type: "image_base64" } & Picture)
  | { readonly source_type: "multiple_image_base64"; readonly items: readonly Picture[] };

interface Picture {
  readonly content_type: string;
  /** Empty here: the bytes are put in while the request is sent. */
  readonly data: "";
}

/** Often the first picture of a video is black. In seconds; the shortest video has four. */
const coverAtSeconds = 1;
/** A multiple of three bytes has no padding, so that pieces of base64 can stand side by side. */
const pieceBytes = 3 * 64 * 1024;
const noData = '"data":""';

/** @param mediaId of the video, where there is one */
export function mediaSource(media: readonly Media[], mediaId: string | undefined): MediaSource {
  const [first, second] = media;
  if (!first) throw new PublishError("invalid", "Pinterest needs a picture or a video", { notSent: true });
  if (mediaId !== undefined)
    return { source_type: "video_id", media_id: mediaId, cover_image_key_frame_time: coverAtSeconds };
  if (!second) return { source_type: "image_base64", ...picture(first) };
  return { source_type: "multiple_image_base64", items: media.map(picture) };
}

function picture({ mimeType }: Media): Picture {
  return { content_type: mimeType, data: "" };
}

/**
 * The pin as JSON, each picture read from disk and turned into base64 while it is sent: one small piece is held at a
 * time, however many Pins go out at once. The length is known before, as some servers in between insist on it.
 * @param pictures in the order of the empty `data`
 */
export function lazyJson(pin: NewPin, pictures: readonly Blob[]): RequestInit {
  const parts = partsOf(JSON.stringify(pin), pictures);
  return {
    headers: { "content-type": "application/json", "content-length": String(lengthOf(parts)) },
    body: bytesOf(parts) as unknown as BodyInit,
    duplex: "half", // what `fetch` wants to hear with a body that is made on the way
  } as RequestInit;
}

/** Inside a JSON string every quote is escaped: what is found is never a part of somebody's text. */
function partsOf(json: string, pictures: readonly Blob[]): (string | Blob)[] {
  const [head = "", ...tails] = json.split(noData);
  return [head, ...tails.flatMap((tail, index) => ['"data":"', pictures[index] ?? "", `"${tail}`])];
}

function lengthOf(parts: readonly (string | Blob)[]): number {
  const lengths = parts.map((part) =>
    typeof part === "string" ? Buffer.byteLength(part) : 4 * Math.ceil(part.size / 3),
  );
  return lengths.reduce((sum, length) => sum + length, 0);
}

async function* bytesOf(parts: readonly (string | Blob)[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    if (typeof part === "string") yield Buffer.from(part);
    else yield* base64Of(part);
  }
}

async function* base64Of(file: Blob): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.size; at += pieceBytes) {
    const piece = await file.slice(at, at + pieceBytes).arrayBuffer();
    yield Buffer.from(Buffer.from(piece).toString("base64"));
  }
}
