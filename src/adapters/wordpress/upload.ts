import type { Media, MediaKind } from "../../domain/post.ts";
import type { PrepareCall } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { json, request, requestEntity, requestList, type WordPressCredentials } from "./api.ts";
import { slugOf } from "./slug.ts";

/** A file in the site's media library. */
export interface Upload {
  readonly id: number;
  readonly url: string;
  readonly kind: MediaKind;
  readonly altText: string;
}

interface Attachment {
  readonly id: number;
  readonly slug: string;
  readonly source_url: string;
}

type WordPress = PrepareCall<WordPressCredentials>;

const extensions: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "video/mp4": "mp4",
  "video/webm": "webm",
  "video/quicktime": "mov",
};

/**
 * Puts the files into the media library, one by one: a small host has few hands. Each has a name of its own, by which
 * one whose answer was lost is found again.
 * https://developer.wordpress.org/rest-api/reference/media/ (checked 2026-11)
 */
export async function uploadAll(media: readonly Media[], call: WordPress): Promise<Upload[]> {
  const there = await alreadyThere(media, call);
  const uploads: Upload[] = [];
  for (const item of media) {
    const known = there.find(({ slug }) => slug === slugFor(item, call));
    const { id, source_url: url } = known ?? (await upload(item, call));
    if (known || item.altText !== "")
      await request(call, `/media/${id}`, json({ alt_text: keptAsText(item.altText) }));
    uploads.push({ id, url, kind: item.kind, altText: item.altText });
  }
  return uploads;
}

async function alreadyThere(media: readonly Media[], call: WordPress): Promise<readonly Attachment[]> {
  if (media.length === 0) return [];
  const slugs = media.map((item) => slugFor(item, call)).join(",");
  return await requestList<Attachment>(
    call,
    `/media?slug=${encodeURIComponent(slugs)}&per_page=100&_fields=id,slug,source_url`,
  );
}

function slugFor(item: Media, call: WordPress): string {
  return slugOf(`${call.deliveryKey}-${item.id}`);
}

/** WordPress tells a file's type by its name; a type it does not allow is a 500 that stays one. */
async function upload(item: Media, call: WordPress): Promise<Attachment> {
  const filename = `${slugFor(item, call)}.${extensions[item.mimeType] ?? "bin"}`;
  try {
    return await requestEntity<Attachment>(call, "/media", {
      method: "POST",
      headers: {
        "content-type": item.mimeType,
        "content-disposition": `attachment; filename="${filename}"`,
      },
      body: await call.media.open(item.id),
    });
  } catch (error) {
    if (!(error instanceof PublishError && error.detail.code === "file_refused")) throw error;
    throw new PublishError(
      "invalid",
      "The WordPress site does not take this file: its type is not allowed there, or its folder for uploads cannot be written. Choose another format, or ask an administrator",
      { ...error.detail, code: "media_type" },
    );
  }
}

/**
 * WordPress takes tags and percent codes out of an alt text, and shows entities as what they stand for.
 * https://developer.wordpress.org/reference/functions/sanitize_text_field/ (checked 2026-11)
 */
function keptAsText(altText: string): string {
  return altText
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/%(?=[\da-f]{2})/gi, "&#037;");
}
