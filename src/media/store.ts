import { createHash, randomBytes } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PublishError } from "../adapters/contract/publish-error.ts";
import { Refusal } from "../domain/refusal.ts";
import type { ImageProcess } from "./image-process.ts";
import type { MediaUrls } from "./signed-url.ts";

/** The files of posts: how they come in, where they lie, and under which addresses they go out. */
export interface MediaStore {
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
  /** Makes a waiting file permanent, power cut or not. @returns its storage key */
  keep(path: string): Promise<string>;
  discard(path: string): Promise<void>;
  /** The bytes, read from disk as they are used. @throws PublishError `invalid` when the file is gone */
  open(storageKey: string, mimeType?: string): Promise<Blob>;
  /** Removing twice is not an error. */
  remove(storageKey: string): Promise<void>;
  /** The folder of all kept files, and a file's path below it. */
  readonly folder: string;
  pathOf(storageKey: string): string;
  readonly urls: MediaUrls;
  readonly images: ImageProcess;
  /** For imports: the guarded client with room for a video. */
  readonly download: typeof fetch;
}

export interface ReceivedFile {
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

const headBytes = 4100; // what telling types apart needs
const unusedAfterMs = 24 * 60 * 60_000;

/** Files on this machine's disk, below `<dataDir>/media`. Processes on other machines must see the same folder. */
export async function openMediaStore(
  dataDir: string,
  ways: Pick<MediaStore, "urls" | "download" | "images">,
): Promise<MediaStore> {
  const folder = join(dataDir, "media");
  const incoming = join(folder, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await removeUnused(incoming);
  const draftPath = () => join(incoming, randomBytes(16).toString("hex"));
  const pathOf = (storageKey: string) => join(folder, checkedKey(storageKey));
  return {
    ...ways,
    folder,
    pathOf,
    draftPath,
    receive: (source, judge) => receive(draftPath(), source, judge),
    discard: (path) => rm(path, { force: true }),
    keep: (path) => keep(path, folder),
    remove: (storageKey) => rm(pathOf(storageKey), { force: true }),
    open: (storageKey, type = "") => openAsBlob(pathOf(storageKey), { type }).catch(gone),
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

function tooLarge(maxBytes: number): Refusal {
  const limit = `${maxBytes / (1024 * 1024)} MB`;
  return new Refusal("too_large", `A file of this kind may have at most ${limit}.`);
}

/** Bytes first, then the name, then the name's folder: each durable before the next. */
async function keep(path: string, folder: string): Promise<string> {
  await sync(path);
  const name = randomBytes(16).toString("hex");
  const storageKey = `${name.slice(0, 2)}/${name}`;
  const target = join(folder, storageKey);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await rename(path, target);
  if (process.platform !== "win32") for (const parent of [dirname(target), folder]) await sync(parent);
  return storageKey;
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r");
  await file.sync().finally(() => file.close());
}

/** Keys are made by us; one from anywhere else must not become a path. */
function checkedKey(storageKey: string): string {
  if (!/^[0-9a-f]{2}\/[0-9a-f]{32}$/.test(storageKey)) throw new Error("This is no storage key");
  return storageKey;
}

function gone(): never {
  throw new PublishError("invalid", "The file of this post is not there any more: attach it again", {
    code: "media_missing",
  });
}

/** What a killed process left half-way. Younger ones may belong to one that runs. */
async function removeUnused(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < Date.now() - unusedAfterMs) await rm(path, { force: true });
  }
}
