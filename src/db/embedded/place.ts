import { chmod, chown, mkdir, mkdtemp, readlink, realpath, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type OsUser, shellAs } from "./run-as.ts";
import { hash } from "./short-folder.ts";
import { StartupError } from "./startup-error.ts";

/** Where root keeps what another user must be able to reach. */
export const sharedRoot = "/var/lib/clarion";

/**
 * The folder that holds PostgreSQL's cluster: `postgres` in the data folder. When `user` cannot get there (a clone
 * under a private /root), it is a folder under /var/lib/clarion and `postgres` a symbolic link to it.
 */
export async function preparePlace(
  dataDir: string,
  user: OsUser | undefined,
  log: (line: string) => void,
): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const pointer = join(await realpath(dataDir), "postgres");
  if (user) await letThrough(dirname(pointer), user);
  if (!(await exists(pointer))) await makePlace(pointer, user);
  const place = await realpath(pointer);
  if (place !== pointer) log(`The database of ${dirname(pointer)} is kept in ${place}.`);
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

async function makePlace(pointer: string, user: OsUser | undefined): Promise<void> {
  if (user && !(await canEnter(dirname(pointer), user))) return makeElsewhere(pointer, user);
  await mkdir(pointer, { mode: 0o700 });
  if (user) await chown(pointer, user.uid, user.gid);
}

/** A new folder each time: a data folder that was deleted and made again must not find its old self. */
async function makeElsewhere(pointer: string, user: OsUser): Promise<void> {
  await mkdir(sharedRoot, { recursive: true });
  await chmod(sharedRoot, 0o755);
  const place = await mkdtemp(join(sharedRoot, `${hash(pointer)}-`));
  await chown(place, user.uid, user.gid);
  await symlink(place, pointer);
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
