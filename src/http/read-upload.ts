import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import type { Request } from "express";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";
import type { Received } from "../media/add-media.ts";
import { mediaTypeOf } from "../media/media-type.ts";
import type { MediaStore } from "../media/store.ts";
import { refuseOddJson } from "./odd-json.ts";
import { altText as altTextSchema } from "./schemas/media.ts";
import { zodRefusal } from "./zod-refusal.ts";

export interface Upload {
  /** On disk; to be discarded by the caller in the end. */
  readonly received: Received;
  readonly altText: string;
  readonly fingerprint: Buffer;
}

const limits = { fields: 10, files: 2, parts: 12, fieldSize: 64 * 1024, headerPairs: 50, headerSize: 8192 };
const drainMs = 5000;

/**
 * Reads a form with one `file` and perhaps an `altText`; the file goes straight to disk. When this throws, or the
 * client goes away, nothing of it is left there.
 * @throws Refusal `invalid_request`, `media_type_refused`, `too_large`
 */
export async function readUpload(request: Request, store: MediaStore): Promise<Upload> {
  const parts = openForm(request, store);
  try {
    await pipeline(request.iterator({ destroyOnReturn: false }), parts.form);
  } catch {
    drain(request);
    throw (await parts.giveUp()) ?? invalid("", "damaged", "The form broke off, or is damaged.");
  }
  const received = await parts.received();
  const [issue] = parts.issues;
  const text = altTextSchema.safeParse(parts.altText ?? "");
  if (received && !issue && text.success && isText(text.data))
    return { received, altText: text.data, fingerprint: fingerprintOf(request, received, text.data) };
  if (received) await store.discard(received.path);
  if (issue) throw new Refusal("invalid_request", `${issue.pointer}: ${issue.message}`, { issues: parts.issues });
  if (!text.success) throw zodRefusal(text.error);
  if (received) refuseOddJson(text.data, ["altText"]);
  throw invalid("/file", "field_missing", "Send the file in a part called `file`.");
}
