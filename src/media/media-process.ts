import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Refusal, type RefusalCode } from "../domain/refusal.ts";
import type { MediaAnswer, MediaJob } from "./media-child.ts";

/** A process that opens files. It starts with the first one, and is made anew when it dies. */
export interface MediaProcess {
  /**
   * @param longestMs then the process is ended, whatever it is at
   * @returns what the job gives
   * @throws Refusal `image_too_large`, `media_unreadable`
   */
  ask<T>(job: MediaJob, longestMs: number): Promise<T>;
  close(): void;
}

interface Waiting {
  readonly child: ChildProcess;
  readonly timer: NodeJS.Timeout;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const idleMs = 60_000;
const maxBytes = 1536 * 1024 * 1024;
const prlimit = "/usr/bin/prlimit";

export function createMediaProcess(): MediaProcess {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let jobs = 0;
  let idle: NodeJS.Timeout | undefined;

  function start(): ChildProcess {
    const started = spawnChild();
    started.on("message", (answer: MediaAnswer) => settle(answer));
    started.on("error", () => lost(started));
    started.on("exit", () => lost(started));
    return started;
  }

  function lost(gone: ChildProcess): void {
    if (child === gone) child = undefined;
    for (const [job, one] of waiting)
      if (one.child === gone)
        settle({
          job,
          refusal: { code: "media_unreadable", message: "The file cannot be opened.", facts: {} },
        });
  }

  function settle(answer: MediaAnswer): void {
    const one = waiting.get(answer.job);
    if (!one) return;
    waiting.delete(answer.job);
    clearTimeout(one.timer);
    if (waiting.size === 0) idle = setTimeout(() => child?.disconnect(), idleMs).unref();
    if ("done" in answer) one.resolve(answer.done);
    else one.reject(toRefusal(answer.refusal));
  }

  function ask<T>(question: MediaJob, longestMs: number): Promise<T> {
    clearTimeout(idle);
    if (!child?.connected) child = start();
    const current = child;
    const job = ++jobs;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => current.kill("SIGKILL"), longestMs); // its exit settles every job it had
      waiting.set(job, { child: current, timer, resolve: resolve as (value: unknown) => void, reject });
      current.send({ job, ask: question });
    });
  }

  return {
    ask,
    close() {
      clearTimeout(idle);
      child?.kill("SIGKILL");
    },
  };
}

function toRefusal({ code, message, facts }: Extract<MediaAnswer, { refusal: object }>["refusal"]): Refusal {
  return new Refusal(code as RefusalCode, message, { facts: facts as Record<string, unknown> });
}

/** With a limit to its memory where the system has one to set. Run from source, as tests do, it needs tsx. */
function spawnChild(): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  const file = fileURLToPath(new URL(`./media-child.${isSource ? "ts" : "js"}`, import.meta.url));
  const node = [process.execPath, ...(isSource ? ["--import", "tsx"] : []), file];
  const [command = "", ...args] = existsSync(prlimit) ? [prlimit, `--data=${maxBytes}`, "--", ...node] : node;
  const started = spawn(command, args, {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: { NODE_ENV: "production" },
  });
  started.unref();
  started.channel?.unref();
  return started;
}
