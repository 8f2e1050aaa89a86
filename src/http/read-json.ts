import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import express, { type Request, type Response } from "express";
import { Refusal } from "../domain/refusal.ts";

export const megabyte = 1024 * 1024;

export interface JsonBody {
  /** `undefined` where there is no body. */
  readonly value: unknown;
  /** SHA-256 of method, address and the body's bytes. */
  readonly fingerprint: Buffer;
}

/** @throws Refusal, or what Express's reader throws */
export async function readJson(request: Request, response: Response, maxBytes = megabyte): Promise<JsonBody> {
  const hash = createHash("sha256").update(`${request.method} ${request.originalUrl}\n`);
  if (!hasBody(request)) return { value: undefined, fingerprint: hash.digest() };
  if (!request.is("application/json"))
    throw new Refusal("wrong_content_type", "Send the body as `Content-Type: application/json`.");
  const read = express.json({
    limit: maxBytes,
    type: () => true,
    verify: (_request, _response, bytes) => {
      requireUtf8(bytes);
      hash.update(bytes);
    },
  });
  await new Promise<void>((resolve, reject) =>
    read(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error))),
  );
  return { value: request.body, fingerprint: hash.digest() };
}

/** Other encodings would be read with replacement characters, and published so. */
export function requireUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new Refusal("malformed_json", "The body is not UTF-8.");
}

function hasBody(request: Request): boolean {
  return (
    request.headers["transfer-encoding"] !== undefined || Number(request.headers["content-length"] ?? 0) > 0
  );
}
