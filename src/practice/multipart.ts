import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import type { PracticeFile } from "./kit.ts";
import { boundedTo } from "./too-large.ts";
import { maxUploadBytes, type Uploads } from "./uploads.ts";

interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, PracticeFile>>;
}

/** A multipart form, its files streamed to disk. Of a field sent twice the last one counts. */
export async function readMultipart(request: IncomingMessage, uploads: Uploads): Promise<Form> {
  const form = new Busboy({
    headers: request.headers as BusboyHeaders,
    limits: { fields: 1000, files: 100, fieldSize: 1024 * 1024 },
  });
  const fields = new Map<string, string>();
  const open: Readable[] = [];
  const saves: Promise<readonly [string, PracticeFile]>[] = [];
  form.on("field", (name, value) => fields.set(name, value));
  form.on("file", (name, stream, filename, _encoding, mimeType) => {
    open.push(stream);
    saves.push(uploads.save(stream, { mimeType, filename: filename ?? "" }).then((file) => [name, file]));
  });
  try {
    await pipeline(boundedTo(maxUploadBytes, request), form);
  } catch (cause) {
    for (const stream of open) stream.destroy(new Error("The upload broke off"));
    await Promise.allSettled(saves);
    throw cause;
  }
  return { fields: Object.fromEntries(fields), files: Object.fromEntries(await Promise.all(saves)) };
}
