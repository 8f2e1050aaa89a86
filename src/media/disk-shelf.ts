import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { checkedKey, newStorageKey, noSuchFile, type Part, type Shelf } from "./shelf.ts";
import { syncFile } from "./sync-file.ts";

/** Files in a folder of this machine. Processes on other machines must see the same folder. */
export function openDiskShelf(folder: string): Shelf {
  const placeOf = (storageKey: string) => join(folder, checkedKey(storageKey));
  return {
    keep: (path) => keep(path, folder),
    async pathOf(storageKey) {
      const path = placeOf(storageKey);
      await stat(path).catch(gone);
      return path;
    },
    read: (storageKey, part) => read(placeOf(storageKey), part),
    remove: (storageKey) => rm(placeOf(storageKey), { force: true }),
    close: () => undefined,
  };
}

/** Bytes first, then the name, then the name's folder: each durable before the next. */
async function keep(path: string, folder: string): Promise<string> {
  await syncFile(path);
  const storageKey = newStorageKey();
  const target = join(folder, storageKey);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await rename(path, target);
  if (process.platform !== "win32") for (const parent of [dirname(target), folder]) await syncFile(parent);
  return storageKey;
}

async function read(path: string, part?: Part): Promise<Readable> {
  const file = await open(path, "r").catch(gone);
  return file.createReadStream({ ...part });
}

function gone(error: NodeJS.ErrnoException): never {
  throw error.code === "ENOENT" ? noSuchFile() : error;
}
