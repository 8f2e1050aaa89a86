import type { Logger } from "pino";
import type { Platform } from "../domain/platform.ts";
import type { QueueBackend } from "./bell.ts";
import type { PublishWorker } from "./publish-worker.ts";

const silentRounds = 3;

/**
 * BullMQ workers have gone silent while reporting health: posts overdue, hands free and no bell for a while, and one
 * starts anew. Where every hand waits for a platform that hangs, more hands would only wait with them.
 * @returns to be told each round of what is due and unsent though a bell should have rung
 */
export function watchdog(
  workers: readonly PublishWorker[],
  backend: Pick<QueueBackend, "ping">,
  log: Logger,
): (overdue: readonly { readonly platform: Platform }[]) => void {
  const rounds = new Map<PublishWorker, number>();
  const heard = new Map<PublishWorker, number>();

  async function restart(silent: readonly PublishWorker[]): Promise<void> {
    if (!(await backend.ping().catch(() => false))) return; // the queue itself is down: it will ring when it is back
    const platforms = silent.map(({ platform }) => platform);
    log.error({ platforms }, "posts are overdue and no bell rings: the queue workers start anew");
    for (const worker of silent) worker.restart();
  }

  return (overdue) => {
    const waiting = new Set(overdue.map(({ platform }) => platform));
    for (const worker of workers) {
      const isSilent =
        waiting.has(worker.platform) && !worker.isFull() && worker.handled() === heard.get(worker);
      rounds.set(worker, isSilent ? (rounds.get(worker) ?? 0) + 1 : 0);
      heard.set(worker, worker.handled());
    }
    const silent = workers.filter((worker) => (rounds.get(worker) ?? 0) >= silentRounds);
    for (const worker of silent) rounds.set(worker, 0);
    if (silent.length > 0) void restart(silent);
  };
}
