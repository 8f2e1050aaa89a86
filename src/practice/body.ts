import type { IncomingMessage } from "node:http";
import type { PracticeFile } from "./kit.ts";
import { readMultipart } from "./multipart.ts";
import { boundedTo } from "./too-large.ts";
import type { Uploads } from "./uploads.ts";

export interface Body {
  readonly json: unknown;
  readonly fields: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, PracticeFile>>;
  readonly raw: PracticeFile | undefined;
}

const maxTextBytes = 1024 * 1024;

/**
 * Reads a request's body whole: JSON and forms into memory, files to disk.
 * @throws TooLarge; whatever the stream throws when the client goes away
 */
export async function readBody(
  request: IncomingMessage,
  uploads: Uploads,
  maxJsonBytes = maxTextBytes,
): Promise<Body> {
  const empty: Body = { json: undefined, fields: {}, files: {}, raw: undefined };
  if (!hasBody(request)) return empty;
  const type = mediaType(request.headers["content-type"]);
  if (type === "multipart/form-data") return { ...empty, ...(await readMultipart(request, uploads)) };
  if (type === "application/json" || type.endsWith("+json"))
    return { ...empty, json: parsed(await readText(request, maxJsonBytes)) };
  if (type === "application/x-www-form-urlencoded")
    return {
      ...empty,
      fields: Object.fromEntries(new URLSearchParams(await readText(request, maxTextBytes))),
    };
  return { ...empty, raw: await uploads.save(request, { mimeType: type, filename: "" }) };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function mediaType(header: string | undefined): string {
  return header?.split(";")[0]?.trim().toLowerCase() ?? "";
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of boundedTo(maxBytes, request)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
