import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { Refusal } from "../domain/refusal.ts";

/** Where kept files lie: a folder of this machine, or a bucket. Files on it never change. */
export interface Shelf {
  /**
   * Takes a finished file, power cut or not; `path` may be gone afterwards.
   * @returns its storage key
   * @throws Refusal `storage_unavailable`
   */
  keep(path: string): Promise<string>;
  /**
   * Where the file can be read on this machine, for a quarter of an hour at least.
   * @throws Refusal `not_found`, `storage_unavailable`
   */
  pathOf(storageKey: string): Promise<string>;
  /**
   * The file as a stream, for readers elsewhere.
   * @param part the first and the last byte of it; absent: the whole
   * @throws Refusal `not_found`, `storage_unavailable`
   */
  read(storageKey: string, part?: Part): Promise<Readable>;
  /** Removing twice is not an error. @throws Refusal `storage_unavailable` */
  remove(storageKey: string): Promise<void>;
  close(): void;
}

export interface Part {
  readonly start: number;
  readonly end: number;
}

export function newStorageKey(): string {
  const name = randomBytes(16).toString("hex");
  return `${name.slice(0, 2)}/${name}`;
}

/** Keys are made by us; one from anywhere else must not become a path. */
export function checkedKey(storageKey: string): string {
  if (!/^[0-9a-f]{2}\/[0-9a-f]{32}$/.test(storageKey)) throw new Error("This is no storage key");
  return storageKey;
}

export function noSuchFile(): Refusal {
  return new Refusal("not_found", "There is nothing at this address, or not any more.");
}
