import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type OsUser, runAs } from "./run-as.ts";
import { StartupError } from "./startup-error.ts";

/**
 * Whom PostgreSQL runs as: it refuses root. Undefined means as ourselves, which is the rule for an ordinary user.
 * Root hands it to the owner of the database, else of the data folder, else to the users `clarion` or `nobody`.
 */
export async function choosePostgresUser(dataDir: string): Promise<OsUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const user =
    (await ownerOf(join(dataDir, "postgres", "cluster"))) ??
    (await ownerOf(dataDir)) ??
    (await lookUp("clarion")) ??
    (await lookUp("nobody"));
  if (user) return user;
  throw new StartupError(
    "platform_unsupported",
    "PostgreSQL refuses to run as root, and this system has no user called clarion or nobody. Add a user called clarion, or start Clarion as an ordinary user.",
  );
}

async function ownerOf(path: string): Promise<OsUser | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function lookUp(name: string): Promise<OsUser | undefined> {
  const [uid, gid] = await Promise.all([
    runAs(undefined, "id", ["-u", name]),
    runAs(undefined, "id", ["-g", name]),
  ]);
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}
