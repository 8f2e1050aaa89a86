import { countOverdue } from "../db/health.ts";
import {
  countingLine,
  countOpen,
  countOutcomes,
  type OutcomeCount,
  type StateCount,
} from "../db/read-metrics.ts";
import type { World } from "./world.ts";

export interface DeliveryMetrics {
  /** Since the last reading; nothing is counted twice or left out. */
  readonly outcomes: readonly OutcomeCount[];
  /** What is not at its end now. */
  readonly open: readonly StateCount[];
  readonly overdue: number;
}

const overdueMs = 20_000;

/** Reads the diary for what happened since the reading before; the first counts from when this is called. */
export function openMetrics(world: Pick<World, "db">): () => Promise<DeliveryMetrics> {
  let from: string | undefined;
  const opened = countingLine(world.db).then(
    (line) => {
      from = line;
    },
    () => undefined, // the database is still away: counting begins with the first reading
  );
  return async () => {
    await opened;
    const to = await countingLine(world.db);
    const [outcomes, open, overdue] = await Promise.all([
      from === undefined ? [] : countOutcomes(world.db, from, to),
      countOpen(world.db),
      countOverdue(world.db, overdueMs),
    ]);
    from = to;
    return { outcomes, open, overdue };
  };
}
