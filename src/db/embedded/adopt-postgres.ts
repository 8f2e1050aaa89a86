import { setTimeout as delay } from "node:timers/promises";
import { answers } from "./answers.ts";
import { isPostmaster, readPostmasterPid } from "./postmaster-pid.ts";
import type { RunningPostgres } from "./running-postgres.ts";

export interface AdoptedPostgres extends RunningPostgres {
  readonly socketDir: string;
  readonly port: number;
}

const lookEveryMs = 250;

/** The PostgreSQL that a killed server left behind on this cluster, or undefined when none answers. */
export async function adoptPostgres(cluster: string): Promise<AdoptedPostgres | undefined> {
  const found = await readPostmasterPid(cluster);
  if (!found?.socketDir || !(await answers(found.socketDir, found.port, cluster))) return undefined;
  const { pid, port, socketDir } = found;
  return {
    port,
    socketDir,
    gone: untilGone(pid, cluster),
    signal: async (name) => {
      if (await isPostmaster(pid, cluster)) process.kill(pid, name);
    },
  };
}

/** It is not our child, so nothing tells us: look. The timer does not keep our process alive. */
async function untilGone(pid: number, cluster: string): Promise<null> {
  while (await isPostmaster(pid, cluster)) await delay(lookEveryMs, undefined, { ref: false });
  return null;
}
