import type {
  PracticeCollection,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
} from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { nextId, objectIn, pageOf, picked, problem } from "./practice-replies.ts";
import type { User } from "./practice-users.ts";

export interface Attachment {
  readonly id: number;
  readonly authorId: number;
  readonly slug: string;
  readonly url: string;
  readonly kind: "image" | "video";
  readonly mimeType: string;
  /** As WordPress keeps it: with entities, without tags. */
  readonly altText: string;
}

export function attachments(network: PracticeNetwork): PracticeCollection<Attachment> {
  return network.collection("attachments");
}

/** By its slug or its address. */
export function attachmentNamed(name: string, network: PracticeNetwork): Attachment | undefined {
  const id = idsByName(network).get(name);
  return id === undefined ? undefined : attachments(network).get(String(id));
}

function idsByName(network: PracticeNetwork): PracticeCollection<number> {
  return network.collection("attachment names");
}

const types: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  mp4: "video/mp4",
  webm: "video/webm",
  mov: "video/quicktime",
};

// https://developer.wordpress.org/rest-api/reference/media/#create-a-media-item (checked 2026-11)
export async function uploadMedia(
  request: PracticeRequest,
  network: PracticeNetwork,
  user: User,
): Promise<PracticeReply> {
  const { raw, headers } = request;
  if (!raw || raw.bytes === 0) return problem(400, "rest_upload_no_data", "No data supplied.");
  if (raw.mimeType === "") return problem(400, "rest_upload_no_content_type", "No Content-Type supplied.");
  const disposition = headers["content-disposition"];
  if (disposition === undefined)
    return problem(400, "rest_upload_no_content_disposition", "No Content-Disposition supplied.");
  const [, filename] = /filename="?([^";]+)"?/i.exec(disposition) ?? [];
  if (filename === undefined)
    return problem(400, "rest_upload_invalid_disposition", "Invalid Content-Disposition supplied.");
  const [, name = "", extension = ""] = /^(.*)\.(\w+)$/.exec(filename) ?? [];
  const mimeType = await realType(raw);
  if (mimeType === undefined || types[extension.toLowerCase()] !== mimeType)
    return problem(500, "rest_upload_sideload_error", "Sorry, you are not allowed to upload this file type.");
  const attachment: Attachment = {
    id: nextId(network, "post"),
    authorId: user.id,
    slug: freeSlug(name.toLowerCase().replace(/[^a-z\d_-]+/g, "-"), network),
    url: await network.keep({ ...raw, mimeType }),
    kind: mimeType.startsWith("image/") ? "image" : "video",
    mimeType,
    altText: "",
  };
  attachments(network).put(String(attachment.id), attachment);
  for (const name of [attachment.slug, attachment.url]) idsByName(network).put(name, attachment.id);
  return { status: 201, body: entity(attachment) };
}

// https://developer.wordpress.org/rest-api/reference/media/#update-a-media-item (checked 2026-11)
export function updateMedia(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const attachment = attachments(network).get(request.params.id ?? "");
  if (!attachment) return problem(404, "rest_post_invalid_id", "Invalid post ID.");
  if (attachment.authorId !== user.id)
    return problem(403, "rest_cannot_edit", "Sorry, you are not allowed to edit this post.");
  const { alt_text: altText } = objectIn(request);
  const changed = {
    ...attachment,
    altText: typeof altText === "string" ? sanitized(altText) : attachment.altText,
  };
  attachments(network).put(String(changed.id), changed);
  return { status: 200, body: entity(changed) };
}

export function listMedia(request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const slugs = request.query.get("slug")?.split(",");
  const named = slugs?.flatMap((slug) => attachmentNamed(slug, network) ?? []);
  const all = () =>
    attachments(network)
      .list()
      .map(([, attachment]) => attachment);
  return pageOf((named ?? all()).toReversed(), request, entity);
}

export function getMedia(request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const attachment = attachments(network).get(request.params.id ?? "");
  if (!attachment) return problem(404, "rest_post_invalid_id", "Invalid post ID.");
  return { status: 200, body: picked(entity(attachment), request) };
}

/** https://developer.wordpress.org/reference/functions/sanitize_text_field/ (checked 2026-11) */
function sanitized(text: string): string {
  return text
    .replace(/<[^<>]*>/g, "")
    .replace(/</g, "&lt;")
    .replace(/%[\da-f]{2}/gi, "")
    .replace(/\s+/g, " ")
    .trim();
}

function freeSlug(wanted: string, network: PracticeNetwork): string {
  let slug = wanted;
  for (let number = 1; attachmentNamed(slug, network); number++) slug = `${wanted}-${number}`;
  return slug;
}

function entity({ id, slug, url, kind, mimeType, altText }: Attachment): Readonly<Record<string, unknown>> {
  return {
    id,
    slug,
    status: "inherit",
    type: "attachment",
    source_url: url,
    alt_text: altText,
    media_type: kind === "image" ? "image" : "file",
    mime_type: mimeType,
  };
}
