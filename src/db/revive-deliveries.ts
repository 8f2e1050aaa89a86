import { defaultTimings } from "../domain/timings.ts";
import type { Database } from "./database.ts";
import { eventColumns, insertEvents } from "./hot/delivery-event.ts";
import { prepareAt } from "./prepare-at.ts";

const { lookAheadMs } = defaultTimings;

// Unlike after a pause, what fell due meanwhile still goes out while it is not too late: nobody wanted it stopped.
const statement = `
  with old as (
    select d.id, clock_timestamp() <= d.due_at + d.max_lateness_ms * interval '1 ms' as in_time from deliveries d
    join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
    where d.workspace_id = $1 and d.account_id = $2 and d.next_check_at is not null and d.state = 'held'
      and w.paused_at is null and a.state = 'active' for update of d
  ), revived as (
    update deliveries d set state = case when in_time then 'scheduled' else 'missed' end,
      reason_code = case when not in_time then 'too_late' end,
      reason_text = case when not in_time then 'Its moment passed while the account waited to be connected again' end,
      next_check_at = case when not in_time then null
        when d.waits_for is not null then d.due_at + d.max_lateness_ms * interval '1 ms'
        else greatest(clock_timestamp(), d.due_at - ${lookAheadMs} * interval '1 ms') end,
      prepare_at = case when in_time then ${prepareAt("$3::float8")} end
    from old where d.id = old.id
    returning ${eventColumns}, 'held' as from_state
  ), event as (${insertEvents("revived")})
  select state, (select pg_notify('clarion_due', '') from (select 1 from revived where state = 'scheduled' limit 1) once)
  from revived`;

/**
 * held → scheduled within their lateness limit, else missed: the account can send again. Nothing where the account or
 * the workspace is still stopped.
 * @param longestAheadMs how early something may be made at the platform; null: nothing is made before the moment
 */
export async function reviveDeliveries(
  db: Database,
  workspaceId: string,
  accountId: string,
  longestAheadMs: number | null,
): Promise<void> {
  await db.pool.query(statement, [workspaceId, accountId, longestAheadMs]);
}
