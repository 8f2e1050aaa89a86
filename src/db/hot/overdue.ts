import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";

/** Due and unsent for a while, though a bell should have rung: a worker helps itself from the diary. Oldest first. */
export async function overdueIds(
  db: Database,
  platforms: readonly Platform[],
  overdueMs: number,
  lateAfterMs: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>({
    name: "overdue",
    text: `select id from deliveries
           where next_check_at <= clock_timestamp() + $2 * interval '1 ms' and state in ('scheduled', 'retrying') and waits_for is null
             and platform = any($1) and greatest(due_at, not_before) <= clock_timestamp() - $2 * interval '1 ms'
             and due_at > clock_timestamp() - $3 * interval '1 ms'
           order by due_at limit $4`,
    values: [platforms, overdueMs, lateAfterMs, limit],
  });
  return rows.map((row) => row.id);
}
