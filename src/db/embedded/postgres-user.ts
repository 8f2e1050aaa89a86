import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type OsUser, runAs } from "./run-as.ts";
import { StartupError } from "./startup-error.ts";

/**
 * Whom PostgreSQL runs as, for it refuses root. Undefined means as ourselves, which is the rule for an ordinary user.
 * Root hands it to the owner of the database, else of the data folder, else to the users `clarion` or `nobody`.
 */
export async function choosePostgresUser(dataDir: string): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const user =
    (await ownerForRoot(join(dataDir, "postgres", "cluster"))) ??
    (await ownerForRoot(dataDir)) ??
    (await lookUp("clarion")) ??
    (await lookUp("nobody"));
  if (user) return user;
  throw new StartupError(
    "platform_unsupported",
    "PostgreSQL refuses to run as root, and this system has no user called clarion or nobody. Add a user called clarion, or start Clarion as an ordinary user.",
  );
}

/** The ordinary user whom a folder belongs to, when we are root and should act for them; undefined otherwise. */
export async function ownerForRoot(folder: string): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await stat(folder).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function lookUp(name: string): Promise<OsUser | undefined> {
  const [uid, gid] = await Promise.all([
    runAs(undefined, "id", ["-u", name]),
    runAs(undefined, "id", ["-g", name]),
  ]);
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}
