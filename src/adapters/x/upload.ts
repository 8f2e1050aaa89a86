import type { Media } from "../../domain/post.ts";
import { PublishError } from "../contract/publish-error.ts";
import * as api from "./api.ts";

/** X takes 1,000 segments; their size is not documented, 5 MB are known to pass. https://docs.x.com/x-api/media/append-media-upload (checked 2026-11) */
export const segmentBytes = 4 * 1024 * 1024;
export const maxSegments = 1000;

const defaultPollMs = 5000;
const maxPollMs = 60_000;

/** A file on its way in segments. */
export interface Upload {
  readonly mediaId: string;
  /** Null once X has all of them and works on the file. */
  readonly nextSegment: number | null;
}

export type Step = { readonly done: string } | { readonly upload: Upload; readonly pollAfterMs: number };

/** A still image goes up in one request; X works on GIFs and videos after taking them in segments. */
export function isStillImage(item: Media): boolean {
  return item.kind === "image" && item.mimeType !== "image/gif";
}

/**
 * Sends the next segments, or asks how far X is with them.
 * @param until when to stop for now, so that what is done gets noted; one segment is always sent
 */
export async function continueUpload(
  item: Media,
  upload: Upload | undefined,
  call: api.XCall,
  until: Date,
): Promise<Step> {
  if (upload?.nextSegment === null) return step(upload.mediaId, await api.uploadStatus(call, upload.mediaId));
  const file = await call.media.open(item.id);
  const mediaId = upload?.mediaId ?? (await begin(item, file.size, call));
  const segments = Math.ceil(file.size / segmentBytes);
  let next = upload?.nextSegment ?? 0;
  do {
    await api.appendSegment(call, mediaId, next, segment(file, next));
    next++;
  } while (next < segments && call.now() < until);
  if (next < segments) return { upload: { mediaId, nextSegment: next }, pollAfterMs: 1 };
  return step(mediaId, await api.finalizeUpload(call, mediaId));
}

function begin(item: Media, bytes: number, call: api.XCall): Promise<string> {
  return api.initializeUpload(call, {
    media_type: item.mimeType,
    media_category: item.kind === "video" ? "tweet_video" : "tweet_gif",
    total_bytes: bytes,
  });
}

/** A slice reads nothing yet: the bytes come from disk while they are sent. */
function segment(file: Blob, index: number): Blob {
  return file.slice(index * segmentBytes, (index + 1) * segmentBytes, "application/octet-stream");
}

function step(mediaId: string, { processing_info: info }: api.UploadStatus): Step {
  if (info === undefined || info.state === "succeeded") return { done: mediaId };
  if (info.state === "failed")
    throw new PublishError(
      "invalid",
      "X could not process this video or GIF: convert it (MP4 with H.264 and AAC) and attach it again",
      { code: "processing-failed" },
    );
  const pollAfterMs = Math.min((info.check_after_secs ?? 0) * 1000 || defaultPollMs, maxPollMs);
  return { upload: { mediaId, nextSegment: null }, pollAfterMs };
}
