import type { Logger } from "pino";

const quietMs = 60_000;

/** Warns of the same thing once a minute: a queue that is down complains several times a second. */
export function calmLog(log: Logger): (message: string, problem: string) => void {
  const lastMs = new Map<string, number>();
  return (message, problem) => {
    const nowMs = performance.now();
    if (nowMs - (lastMs.get(message) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    lastMs.set(message, nowMs);
    log.warn({ problem }, message);
  };
}
