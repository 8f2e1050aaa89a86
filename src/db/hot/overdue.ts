import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";

/**
 * Due and unsent for a while, though a bell should have rung: a worker helps itself from the diary. Oldest first.
 * @param except what is just being uploaded for it
 */
export async function findOverdue(
  db: Database,
  platforms: readonly Platform[],
  overdueMs: number,
  lateAfterMs: number,
  limit: number,
  except: readonly string[] = [],
): Promise<readonly { readonly id: string; readonly platform: Platform }[]> {
  const { rows } = await db.hot.query<{ id: string; platform: Platform }>({
    name: "overdue",
    text: `
      select d.id, d.platform from deliveries d join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
      where d.next_check_at <= clock_timestamp() + $2 * interval '1 ms' and d.state in ('scheduled', 'retrying')
        and d.waits_for is null and d.platform = any($1)
        and greatest(d.due_at, d.not_before) <= clock_timestamp() - $2 * interval '1 ms'
        and d.due_at > clock_timestamp() - $3 * interval '1 ms' and d.id <> all($5)
        and w.paused_at is null and a.state = 'active' and (a.cool_until is null or a.cool_until <= clock_timestamp())
      order by d.due_at limit $4`,
    values: [platforms, overdueMs, lateAfterMs, limit, except],
  });
  return rows;
}
