import { link, mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { syncFile } from "./sync-file.ts";

/** Copies of files that lie elsewhere, shared by all processes of this machine. */
export interface FileCache {
  /**
   * A file's copy, for a quarter of an hour at least.
   * @param bring writes the file to the path it is given; called where there is no copy yet
   */
  pathOf(name: string, bring: (path: string) => Promise<void>): Promise<string>;
  /** Takes a file that is here already. It must not be changed afterwards. */
  add(name: string, path: string): Promise<void>;
  remove(name: string): Promise<void>;
  close(): void;
}

const minute = 60_000;
const gigabyte = 1024 ** 3;

export const cacheLimits = {
  /** More than this only while all of it is in use. */
  maxBytes: 5 * gigabyte,
  /** A file that was deleted at its source is gone from here at the latest then, though nobody told us. */
  unusedMs: 60 * minute,
  /** Longer than any call to a platform takes: whoever was given a path may still be reading there. */
  inUseMs: 15 * minute,
  sweepMs: 5 * minute,
};

/** @param draftPath names for unfinished files, on the same disk */
export async function openFileCache(
  folder: string,
  draftPath: () => string,
  limits: typeof cacheLimits = cacheLimits,
): Promise<FileCache> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const coming = new Map<string, Promise<void>>();
  const sweeping = setInterval(() => void sweep(folder, limits).catch(() => undefined), limits.sweepMs);
  sweeping.unref();
  await sweep(folder, limits);

  async function fetchOnce(name: string, bring: (path: string) => Promise<void>): Promise<void> {
    const draft = draftPath();
    try {
      await bring(draft);
      await place(draft, join(folder, name));
      await sweep(folder, limits);
    } finally {
      await rm(draft, { force: true });
    }
  }

  return {
    async pathOf(name, bring) {
      const path = join(folder, name);
      if (await touch(path)) return path;
      const fetching = coming.get(name) ?? fetchOnce(name, bring).finally(() => coming.delete(name));
      coming.set(name, fetching);
      await fetching;
      return path;
    },
    add: (name, path) => place(path, join(folder, name)),
    remove: (name) => rm(join(folder, name), { force: true }),
    close: () => clearInterval(sweeping),
  };
}

/** Notes that the file is used. Its time of change must stay what it is: readers of a Blob take another for a change. */
async function touch(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  return utimes(path, new Date(), found.mtime).then(
    () => true,
    () => false,
  );
}

/** What is there already may be being read, so it stays. Whole seconds can be set again exactly, see `touch`. */
async function place(draft: string, path: string): Promise<void> {
  await utimes(draft, new Date(), Math.floor(Date.now() / 1000));
  await syncFile(draft); // a power cut must not leave the name without the bytes
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") return rename(draft, path); // a disk without links
  });
}

/** Removes what was not used for long, then what was used least recently until the rest is small enough. */
async function sweep(folder: string, limits: typeof cacheLimits): Promise<void> {
  const files: { path: string; size: number; unusedMs: number }[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined); // another process sweeps too
    if (found) files.push({ path, size: found.size, unusedMs: Date.now() - found.atimeMs });
  }
  files.sort((a, b) => b.unusedMs - a.unusedMs);
  let bytes = files.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size, unusedMs } of files) {
    if (unusedMs < limits.inUseMs) return;
    if (unusedMs < limits.unusedMs && bytes <= limits.maxBytes) return;
    await rm(path, { force: true });
    bytes -= size;
  }
}
