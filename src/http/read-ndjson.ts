import { createHash } from "node:crypto";
import type { Request } from "express";
import { Refusal } from "../domain/refusal.ts";
import { megabyte, requireUtf8 } from "./read-json.ts";

const newline = 0x0a;

export interface Lines {
  /** One JSON value per line, or why the line is none. */
  readonly items: readonly (Refusal | { readonly value: unknown })[];
  /** SHA-256 of method, address and the body's bytes. */
  readonly fingerprint: Buffer;
}

/**
 * Reads one JSON value per line while they arrive: only the values are kept, and reading stops at the first line
 * too many.
 * @throws Refusal `too_large`, `wrong_content_type`
 */
export async function readNdjson(request: Request, maxItems: number, maxBytes: number): Promise<Lines> {
  if ((request.headers["content-encoding"] ?? "identity") !== "identity")
    throw new Refusal("wrong_content_type", "Send NDJSON without a Content-Encoding.");
  const hash = createHash("sha256").update(`${request.method} ${request.originalUrl}\n`);
  const items: Lines["items"][number][] = [];
  for await (const line of linesOf(request, maxBytes, (chunk) => hash.update(chunk))) {
    if (line.toString().trim() === "") continue;
    if (items.length === maxItems)
      throw new Refusal("too_large", `Send at most ${maxItems} posts in one request.`);
    items.push(parseLine(line));
  }
  return { items, fingerprint: hash.digest() };
}

async function* linesOf(
  request: AsyncIterable<Buffer>,
  maxBytes: number,
  seen: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  let rest: Buffer[] = [];
  for await (const chunk of request) {
    seen(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Refusal("too_large", `Send at most ${maxBytes} bytes in one request.`);
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]);
      rest = [];
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
  }
  yield Buffer.concat(rest);
}

function parseLine(line: Buffer): Refusal | { readonly value: unknown } {
  if (line.length > megabyte) return new Refusal("too_large", "A post takes at most 1 MB.");
  try {
    requireUtf8(line);
    return { value: JSON.parse(line.toString("utf8")) as unknown };
  } catch {
    return new Refusal("malformed_json", "This line is not valid JSON in UTF-8.");
  }
}
