import { createHash } from "node:crypto";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { type OsUser, shellAs } from "./run-as.ts";
import { StartupError } from "./startup-error.ts";

// A unix socket's path ends at 107 bytes on Linux and at 103 on macOS, its own name included.
const maxFolderBytes = 70;

/**
 * A private folder (0700) for unix sockets, made as `user`: `parent/name`, or where that path is too long for a
 * socket, a folder in /tmp named after it. `parent` must be a real path, so that everyone finds the same folder.
 */
export async function shortFolder(parent: string, name: string, user: OsUser | undefined): Promise<string> {
  const wanted = join(parent, name);
  const fits = Buffer.byteLength(wanted) <= maxFolderBytes;
  const folder = fits ? wanted : `/tmp/clarion-${hash(wanted)}`;
  await shellAs(user, 'mkdir -m 0700 "$1"', folder);
  await assertPrivate(folder, user);
  return folder;
}

export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** In /tmp anyone may have made it first: whoever owns it would own our sockets. */
async function assertPrivate(folder: string, user: OsUser | undefined): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  const uid = user?.uid ?? process.getuid?.();
  if (found?.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0) return;
  throw new StartupError(
    "data_dir_unusable",
    `Clarion needs ${folder} as a private folder for its sockets, but ${found ? "it belongs to someone else or is open to others" : "cannot make it"}.`,
  );
}
