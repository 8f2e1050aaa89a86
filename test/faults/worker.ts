import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { WorkerJob } from "./worker-process.ts";

const program = fileURLToPath(new URL("worker-process.ts", import.meta.url));

/** A worker process that waits to begin. */
export interface Worker {
  readonly pid: number;
  begin(): void;
  /** Resolves with the signal that ended it, null where it ended by itself. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** Lets it finish what it does. */
  end(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export async function standBy(job: WorkerJob): Promise<Worker> {
  const child = spawn(process.execPath, ["--import", "tsx", program, JSON.stringify(job)], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env.PATH },
  });
  const ended = endOf(child);
  await Promise.race([once(child.stdout!, "data"), ended]);
  return {
    pid: child.pid ?? 0,
    ended,
    begin: () => void child.stdin?.write("begin\n"),
    kill: (signal) => void child.kill(signal),
    async end() {
      child.stdin?.end();
      await ended;
    },
  };
}

async function endOf(child: ChildProcess): Promise<NodeJS.Signals | null> {
  const [, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
  return signal;
}
