import { isUrl } from "../../domain/is-url.ts";
import type { Media } from "../../domain/post.ts";
import type { HttpAnswer } from "../contract/adapter.ts";
import { multipart } from "../contract/multipart.ts";
import { PublishError } from "../contract/publish-error.ts";
import { send } from "../contract/transport.ts";
import { post, type RedditCall } from "./api.ts";
import { unreadable } from "./errors.ts";

/** A file at Reddit: galleries name it by id, posts of one file by address. */
export interface Asset {
  readonly id: string;
  readonly url: string;
}

/** The types PRAW knows; Reddit's website takes WebP too, its API is not known to. (checked 2026-11) */
const extensions: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
};

export async function uploadMedia(item: Media, call: RedditCall): Promise<Asset> {
  const bytes = await call.media.open(item.id);
  const blob = bytes.slice(0, bytes.size, item.mimeType);
  return upload(blob, `${item.id}.${extensions[item.mimeType] ?? "bin"}`, call);
}

// 640 by 360 pixels of one grey. Reddit takes no video without a picture to stand for it, and we cannot look into ours.
const poster =
  "iVBORw0KGgoAAAANSUhEUgAAAoAAAAFoAQMAAAD9/NgSAAAAA1BMVEU6P0XQ7sK/AAAAMklEQVR42u3BAQ0AAADCoPdP7ewBFAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA3cegAATDOVLsAAAAASUVORK5CYII=";

export async function uploadPoster(call: RedditCall): Promise<Asset> {
  const blob = new Blob([Buffer.from(poster, "base64")], { type: "image/png" });
  return upload(blob, "poster.png", call);
}

/** Twice is no harm: what no post uses is nowhere to be seen, and Reddit forgets it. */
async function upload(blob: Blob, name: string, call: RedditCall): Promise<Asset> {
  const { place, fields, id } = await lease(name, blob.type, call);
  const body = multipart(fields, { file: { blob, name } });
  const response = await send(call, "Reddit", place, { method: "POST", body });
  if (!response.ok) throw await uploadRefusal(response);
  await response.text().catch(() => ""); // so that the connection can be used again
  return { id, url: `${place}/${fields.key}` };
}

interface Lease {
  readonly args?: { readonly action?: unknown; readonly fields?: unknown };
  readonly asset?: { readonly asset_id?: unknown };
}

/** A place in Reddit's storage, and the form that opens it. Used by Reddit's website and PRAW, in no list (checked 2026-11). */
async function lease(filepath: string, mimetype: string, call: RedditCall) {
  const { args, asset } = await post<Lease>(call, "/api/media/asset.json", { filepath, mimetype });
  const fields: Record<string, string> = {};
  if (Array.isArray(args?.fields))
    for (const { name, value } of args.fields as { name: unknown; value: unknown }[])
      fields[String(name)] = String(value);
  const id = asset?.asset_id;
  const place = placeOf(args?.action, call);
  if (
    place === undefined ||
    typeof id !== "string" ||
    !/^[\w-]+$/.test(id) ||
    !fields.key?.match(/^[\w/.-]+$/)
  )
    throw unreadable();
  return { place, fields, id };
}

/** Reddit leaves the scheme out: it is the API's own. */
function placeOf(action: unknown, call: RedditCall): string | undefined {
  if (typeof action !== "string") return undefined;
  const place = action.startsWith("//") ? `${new URL(call.baseUrl.api).protocol}${action}` : action;
  return /^https?:\/\/\S+$/.test(place) && isUrl(place) ? place.replace(/\/$/, "") : undefined;
}

/** In S3's XML. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (checked 2026-11) */
async function uploadRefusal(response: HttpAnswer): Promise<PublishError> {
  const { status } = response;
  const said = await response.text().catch(() => "");
  if (!/<Code>EntityTooLarge<\/Code>/.test(said))
    return new PublishError("unavailable", "Reddit did not take a file: we try again", {
      status,
      code: "upload_failed",
    });
  const max = Number(/<MaxSizeAllowed>(\d{1,15})<\/MaxSizeAllowed>/.exec(said)?.[1]);
  const atMost = max > 0 ? ` of more than ${Math.floor(max / 1_000_000)} MB` : " of this size";
  return new PublishError("invalid", `Reddit takes no files${atMost}: choose a smaller one`, {
    status,
    code: "media_too_large",
  });
}
