import type { Logger } from "pino";
import type { Database } from "../db/database.ts";
import { overtake } from "../db/hot/overtake.ts";
import { type PacedBudget, pace } from "../db/hot/pace.ts";
import { reap } from "../db/hot/reap.ts";
import { takeDueSoon } from "../db/hot/ring.ts";
import type { Session } from "../db/hot/session.ts";
import type { Timings } from "../domain/timings.ts";
import { calmLog } from "./calm-log.ts";
import type { Doorbell } from "./doorbell.ts";
import { type Loop, startLoop } from "./loop.ts";

const chunk = 5000;

/**
 * The leading scheduler's round: give back what dead workers held, set aside what time overtook, ring for what falls
 * due. Any number may run; one leads.
 * @returns a loop that `wake` starts at once, as when a post is due now
 */
export function startScheduler(parts: {
  readonly db: Database;
  readonly session: Pick<Session, "lead">;
  readonly doorbell: Doorbell;
  readonly timings: Timings;
  readonly settleMs: Readonly<Record<string, number>>;
  readonly budgets: readonly PacedBudget[];
  readonly log: Logger;
}): Loop {
  const { db, session, doorbell, timings, settleMs, budgets, log } = parts;

  const calmly = calmLog(log);

  async function round(): Promise<boolean> {
    if (!(await session.lead())) return false;
    await pace(db, budgets, timings.lookAheadMs);
    const due = await takeDueSoon(db, timings.overdueMs, chunk);
    // A queue that is down must not keep the rest of the round from its work; the bell is rung again later.
    if (due.length > 0)
      await doorbell.ring(due).catch((error: Error) => calmly("the bell did not ring", error.message));
    const reaped = await reap(db, settleMs, timings.lookAfterMs[0] ?? 5000);
    const overtaken = await overtake(db, timings.overdueMs);
    for (const [what, count] of Object.entries({ ...reaped, ...overtaken }))
      if (count > 0) log.warn({ what, count }, "deliveries set aside");
    return due.length === chunk; // there is more: do not wait
  }

  return startLoop(round, timings.sweepMs, (error) =>
    log.error({ problem: error.message }, "a round failed"),
  );
}
