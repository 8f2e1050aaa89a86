import { setTimeout as delay } from "node:timers/promises";

/** A PostgreSQL that answers, whoever started it. */
export interface RunningPostgres {
  /** Resolves with the exit code when the process ends; null when it was killed or is not our child. */
  readonly gone: Promise<number | null>;
  signal(name: "SIGINT" | "SIGQUIT"): Promise<void>;
}

const patienceMs = 10_000;

/** Fast shutdown: sessions are ended and everything is written. After ten seconds at once, which the log makes good. */
export async function shutDown(running: RunningPostgres): Promise<void> {
  for (const name of ["SIGINT", "SIGQUIT"] as const) {
    await running.signal(name);
    if (await endsWithin(patienceMs, running.gone)) return;
  }
  throw new Error("PostgreSQL did not stop.");
}

async function endsWithin(timeoutMs: number, gone: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const ended = await Promise.race([gone.then(() => true), late]);
  timer.abort();
  return ended;
}
