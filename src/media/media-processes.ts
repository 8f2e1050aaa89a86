import type { ChildProcess } from "node:child_process";
import { Refusal, type RefusalCode } from "../domain/refusal.ts";
import type { MediaAnswer, MediaJob } from "./media-child.ts";
import { spawnMediaChild } from "./spawn-media-child.ts";

/** Processes that open files, one at a time each: what one file does to its process concerns no other. */
export interface MediaProcesses {
  /**
   * Waits until one of them is free. One that dies at it was perhaps killed by somebody: it is tried once more.
   * @param longestMs of the work itself; then its process is ended
   * @returns what the job gives
   * @throws Refusal `image_too_large`, `media_unreadable`; `unavailable` where there is no more time, or no room on the disk
   */
  ask<T>(ask: MediaJob, longestMs: number): Promise<T>;
  close(): void;
}

interface Job {
  readonly ask: MediaJob;
  readonly longestMs: number;
  isSecondTry: boolean;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const idleMs = 60_000;

/** @param most how many at once; they start with the first files, and go when there have been none for a minute */
export function createMediaProcesses(most: number, start = spawnMediaChild): MediaProcesses {
  const [waiting, idle, busy]: [Job[], ChildProcess[], Set<ChildProcess>] = [[], [], new Set()];
  let isClosed = false;
  let resting: NodeJS.Timeout | undefined;

  function next(): void {
    clearTimeout(resting);
    while (busy.size < most) {
      const job = waiting.shift();
      if (!job) break;
      void run(job, idle.pop() ?? start());
    }
    if (busy.size === 0) resting = setTimeout(letGo, idleMs).unref();
  }

  function letGo(): void {
    for (const child of idle.splice(0)) child.disconnect();
  }

  async function run(job: Job, child: ChildProcess): Promise<void> {
    busy.add(child);
    const end = await runIn(child, job);
    busy.delete(child);
    if (typeof end === "object") settle(job, end);
    if (typeof end === "object" && !isClosed) rest(child);
    if (typeof end === "string") retry(job, end);
    next();
  }

  function rest(child: ChildProcess): void {
    idle.push(child);
    child.once("exit", () => idle.splice(idle.indexOf(child) >>> 0, 1)).on("error", () => undefined);
  }

  function retry(job: Job, end: "late" | "died"): void {
    if (isClosed) job.reject(stopping());
    else if (end === "late" || job.isSecondTry)
      job.reject(new Refusal("media_unreadable", "The file cannot be opened."));
    else {
      job.isSecondTry = true;
      waiting.unshift(job);
    }
  }

  return {
    ask: <T>(ask: MediaJob, longestMs: number) =>
      new Promise<T>((resolve, reject) => {
        if (isClosed) return reject(stopping());
        waiting.push({ ask, longestMs, isSecondTry: false, resolve: resolve as Job["resolve"], reject });
        next();
      }),
    close() {
      isClosed = true;
      for (const job of waiting.splice(0)) job.reject(stopping());
      for (const child of [...busy, ...idle]) child.kill("SIGKILL");
    },
  };
}

/** One job in one process, which is gone unless it answered. */
function runIn(child: ChildProcess, { ask, longestMs }: Job): Promise<MediaAnswer | "late" | "died"> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, longestMs);
  return new Promise<MediaAnswer | "late" | "died">((resolve) => {
    const died = () => resolve(isLate ? "late" : "died");
    child.once("message", resolve).once("exit", died).once("error", died);
    child.send({ ask }, () => undefined); // one that is gone says so by its exit
  }).finally(() => {
    clearTimeout(timer);
    child.removeAllListeners("message").removeAllListeners("exit").removeAllListeners("error");
  });
}

function settle(job: Job, answer: MediaAnswer): void {
  if ("done" in answer) {
    job.resolve(answer.done);
    return;
  }
  const { code, message, facts } = answer.refusal;
  job.reject(new Refusal(code as RefusalCode, message, { facts: facts as Record<string, unknown> }));
}

function stopping(): Refusal {
  return new Refusal("unavailable", "Clarion is stopping. Try again in a moment.");
}
