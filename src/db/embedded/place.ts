import { chmod, chown, mkdtemp, readlink, realpath, rename, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ensureDataDir } from "./data-dir.ts";
import { type OsUser, shellAs } from "./run-as.ts";
import { ensureSharedRoot } from "./shared-root.ts";
import { hash } from "./short-folder.ts";
import { StartupError } from "./startup-error.ts";

/**
 * The folder that holds PostgreSQL's cluster: `postgres` in the data folder. When `user` cannot get there (a clone
 * under a private /root), it is a folder under /var/lib/clarion and `postgres` a symbolic link to it: a new one each
 * time, for a data folder that was deleted and made again must not find its old self.
 */
export async function preparePlace(
  dataDir: string,
  user: OsUser | undefined,
  log: (line: string) => void,
): Promise<string> {
  const pointer = join(await ensureDataDir(dataDir), "postgres");
  if (user) await letThrough(dirname(pointer), user);
  if (!(await exists(pointer))) await makePlace(pointer, user);
  const place = await realpath(pointer);
  if (place !== pointer)
    log(`PostgreSQL may not run as root, so the database of ${dirname(pointer)} is kept in ${place}.`);
  if (!(await canUse(place, user))) throw unreachable(place, user);
  return place;
}

/** Opens root's own private folder to PostgreSQL's group: to pass through, not to list. */
async function letThrough(folder: string, user: OsUser): Promise<void> {
  const { uid, mode } = await stat(folder);
  if (uid !== 0 || (mode & 0o077) !== 0) return;
  await chown(folder, 0, user.gid);
  await chmod(folder, 0o710);
}

/** The name appears last, when the folder is ready: a start that is killed here leaves an empty folder, no more. */
async function makePlace(pointer: string, user: OsUser | undefined): Promise<void> {
  const elsewhere = user !== undefined && !(await canEnter(dirname(pointer), user));
  const place = await mkdtemp(
    elsewhere ? join(await ensureSharedRoot(), `${hash(pointer)}-`) : `${pointer}-`,
  );
  if (user) await chown(place, user.uid, user.gid);
  if (elsewhere) await symlink(place, pointer);
  else await rename(place, pointer);
}

/** True for a folder that is there; a link to nothing is refused, for a fresh database would hide the loss. */
async function exists(pointer: string): Promise<boolean> {
  if (await stat(pointer).catch(() => undefined)) return true;
  const target = await readlink(pointer).catch(() => undefined);
  if (target === undefined) return false;
  throw new StartupError(
    "data_dir_unusable",
    `The database of ${dirname(pointer)} should be in ${target}, but nothing is there. Bring that folder back, or remove ${pointer} to begin with an empty database.`,
  );
}

async function canEnter(folder: string, user: OsUser): Promise<boolean> {
  return (await shellAs(user, 'cd "$1"', folder)).ok;
}

async function canUse(place: string, user: OsUser | undefined): Promise<boolean> {
  return (await shellAs(user, 'cd "$1" && test -w .', place)).ok;
}

function unreachable(place: string, user: OsUser | undefined): StartupError {
  const uid = user?.uid ?? process.getuid?.();
  return new StartupError(
    "data_dir_unusable",
    `The database in ${place} cannot be reached by user ${uid}. Start Clarion as the user who owns it, or open its parent folders for passing through (chmod o+x).`,
  );
}
