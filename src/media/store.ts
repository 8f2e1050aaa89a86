import { createHash, randomBytes } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../domain/refusal.ts";
import type { MediaEditor } from "./media-editor.ts";
import type { Shelf } from "./shelf.ts";
import type { MediaUrls } from "./signed-url.ts";
import { toPublishError } from "./to-publish-error.ts";

/** The files of posts: how they come in, where they lie, and under which addresses they go out. */
export interface MediaStore extends Shelf {
  /**
   * Streams a file to disk, where it waits to be kept or discarded. Nothing of it is left when this throws.
   * @param judge is shown the first bytes, at least 4,100 where there are as many; says how long the file may be
   * @throws Refusal `too_large`; whatever `judge` or the stream throws
   */
  receive<T extends { readonly maxBytes: number }>(
    source: AsyncIterable<Uint8Array>,
    judge: (head: Uint8Array) => Promise<T>,
  ): Promise<ReceivedFile & { readonly type: T }>;
  /** A name beside the waiting files, for one that is made of them. */
  draftPath(): string;
  discard(path: string): Promise<void>;
  /** Where files lie that come in parts, each under its upload's id. */
  readonly uploadsFolder: string;
  /**
   * The bytes, read from this machine's disk as they are used.
   * @throws PublishError `invalid` when the file is gone, `unavailable` when the bucket is away
   */
  open(storageKey: string, mimeType?: string): Promise<Blob>;
  readonly urls: MediaUrls;
  readonly editor: MediaEditor;
  /** For imports: the guarded client with room for a video. */
  readonly download: typeof fetch;
}

export interface ReceivedFile {
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** What telling types apart needs. */
export const headBytes = 4100;
const unusedAfterMs = 24 * 60 * 60_000;

/**
 * @param folder `<dataDir>/media`; what comes in waits on this disk, wherever it is kept
 * @param openShelf where kept files lie
 */
export async function openMediaStore(
  folder: string,
  openShelf: (draftPath: () => string) => Shelf | Promise<Shelf>,
  ways: Pick<MediaStore, "urls" | "download" | "editor">,
): Promise<MediaStore> {
  const incoming = join(folder, "incoming");
  const uploadsFolder = join(folder, "uploads");
  for (const path of [incoming, uploadsFolder]) await mkdir(path, { recursive: true, mode: 0o700 });
  await removeUnused(incoming);
  const draftPath = () => join(incoming, randomBytes(16).toString("hex"));
  const shelf = await openShelf(draftPath);
  return {
    ...ways,
    ...shelf,
    draftPath,
    uploadsFolder,
    receive: (source, judge) => receive(draftPath(), source, judge),
    discard: (path) => rm(path, { force: true }),
    async open(storageKey, type = "") {
      const path = await shelf.pathOf(storageKey).catch(toPublishError);
      return openAsBlob(path, { type });
    },
  };
}

async function receive<T extends { readonly maxBytes: number }>(
  path: string,
  source: AsyncIterable<Uint8Array>,
  judge: (head: Uint8Array) => Promise<T>,
): Promise<ReceivedFile & { readonly type: T }> {
  const hash = createHash("sha256");
  const file = await open(path, "wx", 0o600);
  let bytes = 0;
  let head: Uint8Array = new Uint8Array();
  let type: T | undefined;
  try {
    for await (const chunk of source) {
      bytes += chunk.length;
      if (!type) head = Buffer.concat([head, chunk]);
      if (!type && head.length >= headBytes) type = await judge(head);
      if (type && bytes > type.maxBytes) throw tooLarge(type.maxBytes);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    type ??= await judge(head);
    return { path, bytes, sha256: hash.digest("hex"), type };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

export function tooLarge(maxBytes: number): Refusal {
  const limit = `${maxBytes / (1024 * 1024)} MB`;
  return new Refusal("too_large", `A file of this kind may have at most ${limit}.`);
}

/** What a killed process left half-way. Younger ones may belong to one that runs. */
async function removeUnused(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < Date.now() - unusedAfterMs) await rm(path, { force: true });
  }
}
