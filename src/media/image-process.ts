import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Fit } from "../adapters/contract/fit.ts";
import { Refusal, type RefusalCode } from "../domain/refusal.ts";
import type { cleanImage } from "./clean-image.ts";
import type { ImageAnswer, ImageJob } from "./image-child.ts";
import type { MediaType } from "./media-type.ts";

/** The process that opens pictures. It starts with the first one, and is made anew when it dies. */
export interface ImageProcess {
  /** @throws Refusal `image_too_large`, `media_unreadable` */
  clean(source: string, target: string, type: MediaType): ReturnType<typeof cleanImage>;
  /** @throws Refusal `image_too_large`, `media_unreadable` */
  fit(source: string, target: string, fit: Fit): Promise<{ readonly bytes: number }>;
  close(): void;
}

interface Waiting {
  readonly child: ChildProcess;
  readonly timer: NodeJS.Timeout;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const longestMs = 60_000;
const idleMs = 60_000;
const maxBytes = 1536 * 1024 * 1024;
const prlimit = "/usr/bin/prlimit";

export function createImageProcess(): ImageProcess {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let jobs = 0;
  let idle: NodeJS.Timeout | undefined;

  function start(): ChildProcess {
    const started = spawnChild();
    started.on("message", (answer: ImageAnswer) => settle(answer));
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
          refusal: { code: "media_unreadable", message: "The image cannot be opened.", facts: {} },
        });
  }

  function settle(answer: ImageAnswer): void {
    const one = waiting.get(answer.job);
    if (!one) return;
    waiting.delete(answer.job);
    clearTimeout(one.timer);
    if (waiting.size === 0) idle = setTimeout(() => child?.disconnect(), idleMs).unref();
    if ("done" in answer) one.resolve(answer.done);
    else one.reject(toRefusal(answer.refusal));
  }

  function ask<T>(question: ImageJob): Promise<T> {
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
    clean: (source, target, type) => ask({ do: "clean", source, target, type }),
    fit: (source, target, fit) => ask({ do: "fit", source, target, fit }),
    close() {
      clearTimeout(idle);
      child?.kill("SIGKILL");
    },
  };
}

function toRefusal({ code, message, facts }: Extract<ImageAnswer, { refusal: object }>["refusal"]): Refusal {
  return new Refusal(code as RefusalCode, message, { facts: facts as Record<string, unknown> });
}

/** With a limit to its memory where the system has one to set. Run from source, as tests do, it needs tsx. */
function spawnChild(): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  const file = fileURLToPath(new URL(`./image-child.${isSource ? "ts" : "js"}`, import.meta.url));
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
