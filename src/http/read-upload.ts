import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import type { Request } from "express";
import { z } from "zod";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";
import type { Received } from "../media/add-media.ts";
import { mediaTypeOf } from "../media/media-type.ts";
import type { MediaStore } from "../media/store.ts";
import { drain } from "./drain.ts";
import { refuseOddJson } from "./odd-json.ts";
import { altText } from "./schemas/media.ts";
import { zodRefusal } from "./zod-refusal.ts";

export interface Upload {
  /** On disk; to be discarded by the caller in the end. */
  readonly received: Received;
  readonly altText: string;
  /** SHA-256 of address, file and alt text. */
  readonly fingerprint: Buffer;
}

interface Form {
  readonly sink: Busboy;
  readonly issues: RefusalIssue[];
  altText: string;
  stream?: Readable;
  file?: Promise<Received>;
  /** Why the file could not be received. */
  failure?: unknown;
}

const fields = z.object({ altText });
const limits = { fields: 10, files: 3, parts: 13, fieldSize: 64 * 1024, headerPairs: 50, headerSize: 8192 };

/**
 * Reads a form with one `file` and perhaps an `altText`; the file goes straight to disk. When this throws, or the
 * client goes away, nothing of it is left there.
 * @throws Refusal `invalid_request`, `media_type_refused`, `too_large`
 */
export async function readUpload(request: Request, store: MediaStore): Promise<Upload> {
  const form = openForm(request, store);
  try {
    await pipeline(request.iterator({ destroyOnReturn: false }), form.sink);
    const text = check(form);
    const received = await form.file;
    if (!received) throw invalid("/file", "field_missing", "Send the file in a part called `file`.");
    return { received, altText: text, fingerprint: fingerprintOf(request, received, text) };
  } catch (error) {
    drain(request);
    const brokenOff = invalid("", "damaged", "The form broke off, or is damaged.");
    form.stream?.destroy(brokenOff);
    await form.file?.then(({ path }) => store.discard(path)).catch(() => undefined);
    throw form.failure ?? (error instanceof Refusal ? error : brokenOff);
  }
}

/** Takes the parts in as they come. What is not asked for is read past. */
function openForm(request: Request, store: MediaStore): Form {
  const form: Form = { sink: busboy(request), issues: [], altText: "" };
  const seen = new Set<string>();
  const isWanted = (name: string | undefined, wanted: string): boolean => {
    const pointer = `/${name ?? ""}`;
    const known = name === "file" || name === "altText";
    if (name === wanted && !seen.has(name)) return Boolean(seen.add(name));
    const message = known
      ? "is to be sent once, `file` as a file and `altText` as text"
      : "is not a field here";
    form.issues.push({ pointer, code: known ? "invalid_value" : "unknown_field", message });
    return false;
  };
  form.sink.on("field", (name, value) => {
    if (isWanted(name, "altText")) form.altText = value;
  });
  form.sink.on("file", (name, stream) => {
    stream.on("error", () => undefined); // it may break before anybody reads it
    if (!isWanted(name, "file")) return void stream.resume();
    form.stream = stream;
    form.file = store.receive(stream, mediaTypeOf);
    form.file.catch((error) => {
      form.failure = error;
      form.sink.destroy(error); // nobody reads the file any more, so neither is the rest
    });
  });
  return form;
}

function busboy(request: Request): Busboy {
  try {
    return new Busboy({ headers: request.headers as BusboyHeaders, limits });
  } catch {
    throw invalid("", "damaged", "The Content-Type names no boundary.");
  }
}

function check({ issues, altText: text }: Form): string {
  const [first] = issues;
  if (first) throw new Refusal("invalid_request", `${first.pointer}: ${first.message}.`, { issues });
  const parsed = fields.safeParse({ altText: text });
  if (!parsed.success) throw zodRefusal(parsed.error);
  refuseOddJson(text, ["altText"]);
  return text;
}

function fingerprintOf(request: Request, { sha256 }: Received, text: string): Buffer {
  const parts = [request.method, request.originalUrl, sha256, text];
  return createHash("sha256").update(JSON.stringify(parts)).digest();
}

function invalid(pointer: string, code: string, message: string): Refusal {
  return new Refusal("invalid_request", message, { issues: [{ pointer, code, message }] });
}
