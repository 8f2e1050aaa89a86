import { isUrl } from "../../domain/is-url.ts";
import type { Variant } from "../../domain/post.ts";
import { PublishError } from "../contract/publish-error.ts";
import { send } from "../contract/transport.ts";
import { exchange, readResource, unreadable, uploadHost, type Video, type YouTubeCall } from "./api.ts";
import { classify } from "./errors.ts";
import { newVideo } from "./video.ts";

// https://developers.google.com/youtube/v3/guides/using_resumable_upload_protocol (checked 2026-11)

/** Every chunk but the last is a multiple of 256 KiB. */
export const chunkBytes = 16 * 256 * 1024;

/** How far an upload is: on its way, arrived, or forgotten by YouTube. */
export type Standing = { readonly nextByte: number } | { readonly videoId: string } | "gone";

/**
 * Opens an upload; a video exists only once the last byte has arrived.
 * @returns the session's address, which lets anyone who has it upload
 */
export async function openSession(
  call: YouTubeCall,
  variant: Variant,
  file: { readonly mimeType: string; readonly bytes: number },
): Promise<string> {
  const query = new URLSearchParams({ uploadType: "resumable", part: "snippet,status" });
  const response = await exchange(call, `${uploadHost(call)}/upload/youtube/v3/videos?${query}`, {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "x-upload-content-length": String(file.bytes),
      "x-upload-content-type": file.mimeType,
    },
    body: JSON.stringify(newVideo(variant)),
  });
  await response.text().catch(() => "");
  const session = response.headers.get("location");
  if (session === null || !isUrl(session)) throw unreadable();
  return session;
}

/** Asks how much has arrived. This also tells of a video whose last answer was lost. */
export function askSession(call: YouTubeCall, session: string, bytes: number): Promise<Standing> {
  return put(call, session, { "content-range": `bytes */${bytes}` }, null);
}

/** Sends the next chunk. A slice reads nothing yet: the bytes come from disk while they are sent. */
export function sendChunk(call: YouTubeCall, session: string, file: Blob, from: number): Promise<Standing> {
  const chunk = file.slice(from, from + chunkBytes, "application/octet-stream");
  const range = `bytes ${from}-${from + chunk.size - 1}/${file.size}`;
  return put(call, session, { "content-range": range, "content-type": chunk.type }, chunk);
}

async function put(
  call: YouTubeCall,
  session: string,
  headers: Readonly<Record<string, string>>,
  body: Blob | null,
): Promise<Standing> {
  const init = { method: "PUT", headers: { ...headers, ...ownToken(call, session) }, body };
  const response = await send(call, "YouTube", session, init);
  if (response.status === 308) return { nextByte: nextByte(response.headers.get("range")) };
  if (response.status === 404 || response.status === 410) return "gone";
  if (!response.ok) throw await classify(response, call.now());
  return { videoId: (await readResource<Video>(response)).id };
}

/** YouTube chooses the address, so the token goes along only to the host it belongs to; elsewhere the address is enough. */
function ownToken(call: YouTubeCall, session: string): Readonly<Record<string, string>> {
  const isOurs = new URL(session).origin === new URL(uploadHost(call)).origin;
  return isOurs ? { authorization: `Bearer ${call.credentials.accessToken}` } : {};
}

/** `bytes=0-524287`; without a range nothing has arrived. */
function nextByte(range: string | null): number {
  if (range === null) return 0;
  const last = /^bytes=0-(\d{1,15})$/.exec(range)?.[1];
  if (last === undefined)
    throw new PublishError("unavailable", "YouTube did not say how far the upload is", {
      code: "unreadable_answer",
    });
  return Number(last) + 1;
}
