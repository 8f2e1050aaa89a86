import { open, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { type OsUser, runAs, shellAs } from "./run-as.ts";
import { StartupError } from "./startup-error.ts";

export const role = "clarion";
export const superuser = "postgres";

/**
 * Makes the cluster on first use: UTF-8, sorted by code point on every system, data checksums, and a database of a
 * role that is no superuser. It appears under its name only when finished, so a killed first start begins anew.
 */
export async function initialiseCluster(place: string, bin: string, user: OsUser | undefined): Promise<void> {
  const cluster = join(place, "cluster");
  if (await stat(cluster).catch(() => undefined)) return;
  const draft = join(place, "cluster.new");
  await must(shellAs(user, 'rm -rf "$1"', draft));
  await must(runAs(user, join(bin, "initdb"), initdbOptions(draft)));
  await must(
    runAs(
      user,
      join(bin, "postgres"),
      ["--single", "-D", draft, "-c", "exit_on_error=on", "postgres"],
      roles,
    ),
  );
  await rename(draft, cluster);
  await syncFolder(place);
}

// Trust is enough here: the only door is a unix socket in a folder that nobody but PostgreSQL's user may enter.
function initdbOptions(folder: string): string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--text-search-config=simple",
  ];
}

const roles = `create role ${role} login;\ncreate database ${role} owner ${role};\n`;

async function must(run: ReturnType<typeof runAs>): Promise<void> {
  const { ok, output } = await run;
  if (!ok)
    throw new StartupError("postgres_failed", `A new PostgreSQL database could not be made: ${output}`);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}
