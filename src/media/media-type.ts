import { fileTypeFromBuffer } from "file-type";
import type { MediaKind } from "../domain/post.ts";
import { Refusal } from "../domain/refusal.ts";

export interface MediaType {
  readonly kind: MediaKind;
  readonly mimeType: string;
  readonly maxBytes: number;
}

const megabyte = 1024 * 1024;
const image = { kind: "image", maxBytes: 32 * megabyte } as const;
const video = { kind: "video", maxBytes: 1024 * megabyte } as const;

const types: Readonly<Record<string, MediaType>> = {
  "image/jpeg": { ...image, mimeType: "image/jpeg" },
  "image/png": { ...image, mimeType: "image/png" },
  "image/webp": { ...image, mimeType: "image/webp" },
  "image/gif": { ...image, mimeType: "image/gif" },
  "video/mp4": { ...video, mimeType: "video/mp4" },
  "video/x-m4v": { ...video, mimeType: "video/mp4" },
  "video/quicktime": { ...video, mimeType: "video/quicktime" },
  "video/webm": { ...video, mimeType: "video/webm" },
};

/** The largest file of any kind. */
export const maxUploadBytes = video.maxBytes;

/**
 * What a file is by its first bytes, whatever its sender calls it.
 * @throws Refusal `media_type_refused`
 */
export async function mediaTypeOf(head: Uint8Array): Promise<MediaType> {
  const found = await fileTypeFromBuffer(head);
  const type = found && Object.hasOwn(types, found.mime) ? types[found.mime] : undefined;
  if (type) return type;
  const what = found ? `This is ${found.mime}. ` : "";
  throw new Refusal(
    "media_type_refused",
    `${what}Images may be JPEG, PNG, WebP or GIF, videos MP4, MOV or WebM.`,
  );
}
