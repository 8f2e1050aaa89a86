import { randomBytes } from "node:crypto";
import { openAsBlob } from "node:fs";
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { cacheLimits, type FileCache, openFileCache } from "./file-cache.ts";

const minute = 60_000;

let parent = "";
let folder = "";
let caches: FileCache[] = [];
let brought: string[] = [];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "clarion-cache-"));
  folder = join(parent, "cache");
  brought = [];
});
afterEach(async () => {
  for (const cache of caches) cache.close();
  caches = [];
  await rm(parent, { recursive: true, force: true });
});

async function open(limits: Partial<typeof cacheLimits> = {}): Promise<FileCache> {
  const draftPath = () => join(parent, randomBytes(4).toString("hex"));
  const cache = await openFileCache(folder, draftPath, { ...cacheLimits, ...limits });
  caches.push(cache);
  return cache;
}

/** A file of a hundred bytes. */
function bring(name: string) {
  return async (path: string) => {
    brought.push(name);
    await writeFile(path, Buffer.alloc(100, name));
  };
}

/** As if it had last been used so long ago. */
async function age(name: string, minutes: number): Promise<void> {
  const path = join(folder, name);
  await utimes(path, new Date(Date.now() - minutes * minute), (await stat(path)).mtime);
}

describe("a copy", () => {
  it("is fetched once, by however many it is wanted, and found by the next process", async () => {
    const cache = await open();
    const paths = await Promise.all([cache.pathOf("a", bring("a")), cache.pathOf("a", bring("a"))]);
    const next = await open();
    expect(await next.pathOf("a", bring("a"))).toBe(paths[0]);
    expect([paths[1], brought]).toEqual([paths[0], ["a"]]);
  });

  it("that breaks off on its way is no copy, and is fetched anew", async () => {
    const cache = await open();
    const broken = cache.pathOf("a", async (path) => {
      await writeFile(path, "half");
      throw new Error("broke off");
    });
    await expect(broken).rejects.toThrow("broke off");
    expect(await readdir(parent)).toEqual(["cache"]);
    expect((await stat(await cache.pathOf("a", bring("a")))).size).toBe(100);
  });

  it("that is being read stays readable while others ask for it, and while another process brings it too", async () => {
    const [cache, other] = [await open(), await open()];
    const path = await cache.pathOf("a", bring("a"));
    await utimes(path, new Date(), new Date("2026-01-01"));
    const blob = await openAsBlob(path);
    await cache.pathOf("a", bring("a"));
    await writeFile(join(parent, "again"), Buffer.alloc(100, "a"));
    await other.add("a", join(parent, "again"));
    expect((await blob.text()).length).toBe(100);
  });

  it("that nobody used for an hour goes, so that what was deleted elsewhere is gone here too", async () => {
    const cache = await open();
    for (const name of ["a", "b"]) await cache.pathOf(name, bring(name));
    await age("a", 61);
    await age("b", 59);
    await open();
    expect(await readdir(folder)).toEqual(["b"]);
  });

  it("makes room for the next, the least recently used first, but never one in use", async () => {
    const cache = await open({ maxBytes: 250 });
    for (const name of ["a", "b", "c"]) await cache.pathOf(name, bring(name));
    for (const [index, name] of ["a", "b", "c"].entries()) await age(name, 40 - index);
    await cache.pathOf("a", bring("a"));
    await cache.pathOf("d", bring("d"));
    expect((await readdir(folder)).toSorted()).toEqual(["a", "d"]);
    for (const name of ["e", "f"]) await cache.pathOf(name, bring(name));
    expect((await readdir(folder)).toSorted()).toEqual(["a", "d", "e", "f"]);
    expect(brought).toEqual(["a", "b", "c", "d", "e", "f"]);
  });
});
