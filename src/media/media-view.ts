import type { MediaRow } from "../db/media.ts";
import type { Media } from "../domain/post.ts";
import type { MediaUrls } from "./signed-url.ts";

/** A file as the API shows it. */
export interface MediaView extends Media {
  /** Where it can be looked at for some hours, on this server. */
  readonly url: string;
  readonly createdAt: string;
}

export function viewMedia(row: MediaRow, urls: MediaUrls): MediaView {
  const { id, kind, mimeType, bytes, width, height, durationMs, altText } = row;
  const createdAt = row.createdAt.toISOString();
  return { id, kind, mimeType, bytes, width, height, durationMs, altText, url: urls.path(id), createdAt };
}
