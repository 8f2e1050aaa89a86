import { constants } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runAs } from "./run-as.ts";

/** PostgreSQL's note of who serves a cluster. `socketDir` is empty until it listens, `pid` 0 when unreadable. */
export interface PostmasterPid {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
}

// Line by line: pid, folder, start, port, socket folder (https://www.postgresql.org/docs/18/storage-file-layout.html).
export async function readPostmasterPid(cluster: string): Promise<PostmasterPid | undefined> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [pid, , , port, socketDir = ""] = text.split("\n");
  return { pid: Math.abs(Number(pid)) || 0, port: Number(port) || 0, socketDir };
}

/** True when the process runs and is the PostgreSQL of this cluster, not a stranger who was given its number. */
export async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => commandByPs(pid));
  return `${command.replaceAll("\0", " ")} `.includes(`postgres -D ${cluster} `);
}

/**
 * Makes PostgreSQL accept a `postmaster.pid` whose process is a stranger: it takes its own parent's number for stale.
 * The file is kept, since PostgreSQL finds in it whether old children still hold the shared memory.
 */
export async function disownPostmasterPid(cluster: string): Promise<void> {
  const flags = constants.O_RDWR | constants.O_NOFOLLOW;
  const file = await open(join(cluster, "postmaster.pid"), flags).catch(() => undefined);
  if (!file) return;
  try {
    const [, ...others] = (await file.readFile("utf8")).split("\n");
    await file.truncate();
    await file.write([process.pid, ...others].join("\n"), 0);
  } finally {
    await file.close();
  }
}

/** For systems without /proc. */
async function commandByPs(pid: number): Promise<string> {
  const { ok, output } = await runAs(undefined, "ps", ["-ww", "-o", "command=", "-p", String(pid)]);
  return ok ? output : "";
}
