import { isUrl } from "../../domain/is-url.ts";
import { PublishError } from "../contract/publish-error.ts";
import { send } from "../contract/transport.ts";
import { classify } from "./errors.ts";
import { type LinkedInCall, readObject, request, unreadable } from "./request.ts";
import { encoded } from "./urns.ts";

/** One piece of a video, and the address that takes it: whoever has the address may write there. */
export interface Part {
  readonly uploadUrl: string;
  readonly firstByte: number;
  readonly lastByte: number;
}

/** A video on its way in parts. */
export interface VideoUpload {
  readonly urn: string;
  readonly token: string;
  readonly parts: readonly Part[];
  /** What LinkedIn called the parts it has, in order. */
  readonly partIds: readonly string[];
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api (checked 2026-11) */
export async function uploadImage(call: LinkedInCall, blob: Blob, mimeType: string): Promise<string> {
  const { image, uploadUrl } = await action<{ image?: string; uploadUrl?: string }>(
    call,
    "images",
    "initializeUpload",
    {
      initializeUploadRequest: { owner: call.account.externalId },
    },
  );
  if (!image || !uploadUrl) throw unreadable(200);
  if (!isLinkedIn(uploadUrl, call))
    throw new PublishError("unavailable", "LinkedIn named an upload address that is not its own", {
      code: "strange_upload_address",
    });
  const response = await send(call, "LinkedIn", uploadUrl, {
    method: "PUT",
    headers: { authorization: `Bearer ${call.credentials.accessToken}`, "content-type": mimeType },
    body: blob,
  });
  if (!response.ok) throw await classify(response, call.now());
  await response.text().catch(() => "");
  return image;
}

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api (checked 2026-11) */
export async function beginVideo(call: LinkedInCall, bytes: number): Promise<VideoUpload> {
  const begun = await action<{ video?: string; uploadToken?: string; uploadInstructions?: readonly Part[] }>(
    call,
    "videos",
    "initializeUpload",
    {
      initializeUploadRequest: {
        owner: call.account.externalId,
        fileSizeBytes: bytes,
        uploadCaptions: false,
        uploadThumbnail: false,
      },
    },
  );
  const { video, uploadToken = "", uploadInstructions: parts } = begun;
  if (!video || !Array.isArray(parts) || parts.length === 0) throw unreadable(200);
  return { urn: video, token: uploadToken, parts, partIds: [] };
}

/**
 * The address is permission enough: with our token in it LinkedIn's storage refuses the request.
 * @returns what LinkedIn calls the part
 */
export async function putPart(call: LinkedInCall, { uploadUrl }: Part, blob: Blob): Promise<string> {
  const response = await send(call, "LinkedIn", uploadUrl, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream" },
    body: blob,
  });
  await response.text().catch(() => "");
  const id = response.headers.get("etag");
  if (response.ok && id) return id;
  throw new PublishError("unavailable", "LinkedIn did not take a part of the video; we will try again", {
    status: response.status,
    code: "part_refused",
  });
}

export async function finishVideo(call: LinkedInCall, { urn, token, partIds }: VideoUpload): Promise<void> {
  const path = "/rest/videos";
  const json = { finalizeUploadRequest: { video: urn, uploadToken: token, uploadedPartIds: partIds } };
  const response = await request(call, { method: "POST", path, query: "action=finalizeUpload", json });
  await response.text().catch(() => "");
}

interface File {
  /** `WAITING_UPLOAD`, `PROCESSING`, `AVAILABLE` or `PROCESSING_FAILED`. */
  readonly status?: string;
  readonly downloadUrl?: string;
}

export async function readFile(call: LinkedInCall, urn: string): Promise<File> {
  const path = `/rest/${urn.startsWith("urn:li:video:") ? "videos" : "images"}/${encoded(urn)}`;
  return readObject<File>(await request(call, { method: "GET", path }));
}

/** Those that LinkedIn still has, by URN. */
export async function readImages(
  call: LinkedInCall,
  urns: readonly string[],
): Promise<Readonly<Record<string, File>>> {
  const query = `ids=List(${urns.map(encoded).join(",")})`;
  const asked = { method: "GET", path: "/rest/images", query, restliMethod: "BATCH_GET" } as const;
  const { results } = await readObject<{ results?: Record<string, File> }>(await request(call, asked));
  return Object.fromEntries(
    Object.entries(results ?? {}).map(([urn, file]) => [urn.replaceAll("%3A", ":"), file]),
  );
}

async function action<T extends object>(
  call: LinkedInCall,
  resource: "images" | "videos",
  name: string,
  json: object,
): Promise<Partial<T>> {
  const response = await request(call, {
    method: "POST",
    path: `/rest/${resource}`,
    query: `action=${name}`,
    json,
  });
  return (await readObject<{ value?: Partial<T> }>(response)).value ?? {};
}

/** Our token goes to LinkedIn only, or to where the operator pointed its API. */
function isLinkedIn(url: string, { baseUrl }: Pick<LinkedInCall, "baseUrl">): boolean {
  if (!isUrl(url)) return false;
  const { origin, protocol, hostname } = new URL(url);
  if (origin === new URL(baseUrl.api).origin) return true;
  return protocol === "https:" && /(^|\.)linkedin\.com$/.test(hostname);
}
