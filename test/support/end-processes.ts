import { spawnSync } from "node:child_process";
import { readdir, readFile, readlink, realpath } from "node:fs/promises";
import { join } from "node:path";

/** Kills what still runs in `folder` or its database, or names a path in there on its command line. */
export async function endProcessesOf(folder: string): Promise<void> {
  const database = await realpath(join(folder, "postgres")).catch(() => folder);
  for (const { pid, command } of await processes()) {
    const isOurs = [folder, database].some((path) => command.includes(`${path}/`));
    if (isOurs && pid !== process.pid) end(pid);
  }
}

async function processes(): Promise<{ pid: number; command: string }[]> {
  const pids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  if (pids.length === 0) return processesByPs();
  return Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => "");
      return { pid: Number(pid), command: `${command.replaceAll("\0", " ")} ${workingFolder}/` };
    }),
  );
}

/** For systems without /proc. */
function processesByPs(): { pid: number; command: string }[] {
  const { stdout } = spawnSync("ps", ["-axww", "-o", "pid=,command="], { encoding: "utf8" });
  return [...stdout.matchAll(/^\s*(\d+) (.*)$/gm)].map(([, pid, command = ""]) => ({
    pid: Number(pid),
    command,
  }));
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
