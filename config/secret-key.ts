import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchownSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

const keyBytes = 32;

/** 32 bytes in hex or base64 (either alphabet). @returns undefined where the text is something else */
export function parseSecretKey(text: string): Buffer | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, "hex");
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return undefined;
  const key = Buffer.from(text, "base64");
  return key.length === keyBytes ? key : undefined;
}

/** True for keys nobody drew from a random source: typed text, repeated or counted bytes, published examples. */
export function isWeakKey(key: Buffer): boolean {
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  const steps = new Set(key.subarray(1).map((byte, index) => byte - (key[index] ?? 0)));
  return isText || new Set(key).size < 16 || steps.size < 8;
}

/**
 * The key kept in the data folder, made on the first call. Processes that call at once get the same one.
 * @throws Error with a sentence for the operator when the folder cannot be used or the kept key is damaged
 */
export function keptSecretKey(dataDir: string): Buffer {
  const path = keptPath(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const kept = read(path) ?? make(path);
  const key = parseSecretKey(kept.trim());
  if (!key)
    throw new Error(
      `${path} does not hold a key any more. Bring it back: without it no stored token can be read.`,
    );
  return key;
}

/** A key that is to take the place of the kept one; made on the first call, and there until it does. */
export function nextSecretKey(dataDir: string): Buffer {
  const path = nextPath(dataDir);
  const key = parseSecretKey((read(path) ?? make(path)).trim());
  if (!key) throw new Error(`${path} does not hold a key. Remove it, and start again.`);
  return key;
}

/** From now on the next key is the kept one, and the kept one an earlier one. May be cut short and done again. */
export function adoptNextSecretKey(dataDir: string): void {
  const draft = `${earlierPath(dataDir)}.${process.pid}.${randomBytes(4).toString("hex")}`;
  linkSync(keptPath(dataDir), draft);
  renameSync(draft, earlierPath(dataDir)); // there before its own name is taken: no moment without it
  syncFolder(dataDir);
  renameSync(nextPath(dataDir), keptPath(dataDir));
  syncFolder(dataDir);
}

/** When a rotation made the earlier key one; undefined where there is none, or the rotation is not at its end. */
export function earlierSince(dataDir: string): Date | undefined {
  if (read(nextPath(dataDir)) !== undefined) return undefined;
  return statSync(earlierPath(dataDir), { throwIfNoEntry: false })?.ctime;
}

export function forgetEarlierSecretKey(dataDir: string): void {
  unlinkSync(earlierPath(dataDir));
  syncFolder(dataDir);
}

/**
 * Reads the keys in the data folder as they are now: a rotation changes them while we run. The first is the one to seal
 * with, the others open what is not wrapped anew yet. Files that did not change are not read again.
 */
export function keptKeys(dataDir: string, others: readonly Buffer[] = []): () => readonly Buffer[] {
  const paths = [nextPath(dataDir), keptPath(dataDir), earlierPath(dataDir)]; // in the order in which a key moves on
  let keys: readonly Buffer[] = [];
  let seen = "";
  return () => {
    const state = paths.map(stateOf).join();
    if (state === seen) return keys;
    const found = paths.map((path) => parseSecretKey(read(path)?.trim() ?? ""));
    const good = found.filter((key) => key !== undefined);
    if (good.length > 0) keys = [...good, ...others];
    seen = state;
    return keys;
  };
}

const keptPath = (dataDir: string) => join(dataDir, "secret-key");
const nextPath = (dataDir: string) => join(dataDir, "secret-key.next");
const earlierPath = (dataDir: string) => join(dataDir, "secret-key.earlier");

function stateOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino} ${found.size} ${found.mtimeMs}` : "";
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Appears whole or not at all, and never replaces a key that another process has just made. */
function make(path: string): string {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const file = openSync(draft, "wx", 0o600);
  try {
    giveToOwner(file, path);
    writeSync(file, `${randomBytes(keyBytes).toString("base64")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
  syncFolder(dirname(path));
  return readFileSync(path, "utf8");
}

/** Root may rotate for a server that is not root, and must be able to read it. */
function giveToOwner(file: number, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(join(dirname(path), "secret-key"), { throwIfNoEntry: false }) ?? {};
  if (uid !== undefined && gid !== undefined) fchownSync(file, uid, gid);
}

/** The name must outlive a power cut as the bytes do. Not every system can open a folder. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
