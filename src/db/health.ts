import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";

export interface Beat {
  readonly role: "worker" | "scheduler" | "all";
  readonly platforms: readonly Platform[];
  /** Since it last showed that it lives. */
  readonly ageMs: number;
}

/** Processes that did not end in good order and have been heard of within the last hour. */
export async function findBeats(db: Database): Promise<Beat[]> {
  const { rows } = await db.pool.query<Beat>(
    `select role, platforms, greatest(0, extract(epoch from clock_timestamp() - last_beat) * 1000)::float8 as "ageMs"
     from worker_sessions where ended_at is null and last_beat > clock_timestamp() - interval '1 hour'`,
  );
  return rows;
}

/** How many deliveries are due and unsent for longer than this, though nothing stops them. Over all workspaces. */
export async function countOverdue(db: Database, overdueMs: number): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>({
    name: "count-overdue",
    text: `
      select count(*) from deliveries d join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
      where d.next_check_at is not null and d.due_at < clock_timestamp() and d.waits_for is null
        and d.state in ('scheduled', 'claimed', 'retrying')
        and greatest(d.due_at, d.not_before, a.cool_until, a.next_late_at) < clock_timestamp() - $1 * interval '1 ms'
        and w.paused_at is null and a.state = 'active'`,
    values: [overdueMs],
  });
  return rows[0]?.count ?? 0;
}

/** PostgreSQL away, starting, full, read-only, not letting us in, or it gave up on us: a later try may go well. */
export function isOutage(error: unknown): boolean {
  for (let e = error, depth = 0; e instanceof Error && depth < 4; e = e.cause, depth++) {
    const { code } = e as { code?: unknown };
    if (typeof code === "string" && /^(08|28|3D|53|57P|25006|40001|40P01|55P03|58030)/.test(code))
      return true;
    if (
      typeof code === "string" &&
      /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/.test(code) &&
      isFromSocket(e)
    )
      return true;
    if (/^(Connection terminated|timeout exceeded when trying to connect)/.test(e.message)) return true;
  }
  return false;
}

function isFromSocket(error: Error): boolean {
  return (
    (error as { syscall?: unknown }).syscall === "connect" ||
    "port" in error ||
    /^(read|write) /.test(error.message)
  );
}
