import type { Logger } from "pino";

const graceMs = 25_000;

/**
 * Waits for SIGTERM or SIGINT, then stops: nothing more is claimed, sends under way are finished or broken off (and then
 * looked for), all within 25 s. What is left even then is found when its lease has run out.
 */
export async function untilStopped(log: Logger, stop: () => Promise<void>): Promise<never> {
  const signal = await new Promise<string>((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"]) process.once(name, () => resolve(name));
  });
  log.info({ signal }, "stopping");
  const late = setTimeout(() => {
    log.error("not everything ended in time");
    process.exit(1);
  }, graceMs);
  await stop();
  clearTimeout(late);
  process.exit(0); // a queue that is down keeps trying to connect, and would keep us alive
}
