import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { isUrl } from "../domain/is-url.ts";
import { loopback } from "./address.ts";
import type { PracticeFile } from "./kit.ts";
import type { Uploads } from "./uploads.ts";

const timeoutMs = 30_000;

/**
 * Fetches media by URL, as some platforms do. Only from this machine or the API's own origin: the practice network
 * must not fetch for anyone from anywhere.
 * @throws Error in words a platform's refusal may carry
 */
export async function pull(
  url: string,
  uploads: Uploads,
  apiMediaOrigin: string | undefined,
): Promise<PracticeFile> {
  if (!isOurs(url, apiMediaOrigin)) throw new Error("The media URL is not on this machine");
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new Error(`The media URL answered ${response.status}`);
  }
  return uploads.save(Readable.fromWeb(response.body as ReadableStream<Uint8Array>), {
    mimeType: response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "",
    filename: "",
  });
}

function isOurs(url: string, apiMediaOrigin: string | undefined): boolean {
  if (!isUrl(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return false;
  return (
    loopback.has(hostname) || (apiMediaOrigin !== undefined && origin === new URL(apiMediaOrigin).origin)
  );
}
