import type { Database } from "../database.ts";
import { eventColumns, insertEvents } from "./delivery-event.ts";

const miss = `
  with late as (
    select id, state from deliveries
    where next_check_at <= clock_timestamp() and state in ('scheduled', 'retrying')
      and due_at + max_lateness_ms * interval '1 ms' < clock_timestamp() limit $1 for update skip locked
  ), missed as (
    update deliveries d set state = 'missed', next_check_at = null, prepare_at = null,
      reason_code = case when d.waits_for is null then 'too_late' else 'earlier_part_missing' end,
      reason_text = case when d.waits_for is not null then 'The part before it did not go out'
        else coalesce(d.reason_text || '. ', '') || 'Its moment passed before it could be sent' end
    from late where d.id = late.id
    returning ${eventColumns}, late.state as from_state
  ), event as (${insertEvents("missed")})
  select id from missed`;

// On an ordinary day nothing is stopped, and then a burst's many due rows need not be read for it.
const hold = `
  with stopped as (
    select d.id, d.state, coalesce(case when w.paused_at is not null then 'workspace_paused' end, 'account_' || a.state) as code,
      coalesce(w.pause_reason, a.reason_text) as words
    from deliveries d join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
    where d.next_check_at <= clock_timestamp() + $2 * interval '1 ms' and d.state in ('scheduled', 'retrying')
      and d.due_at <= clock_timestamp()
      and (w.paused_at is not null or a.state <> 'active')
      and (exists (select from workspaces where paused_at is not null) or exists (select from accounts where state <> 'active'))
    limit $1 for update of d skip locked
  ), held as (
    update deliveries d set state = 'held', next_check_at = clock_timestamp() + interval '1 hour', prepare_at = null,
      reason_code = stopped.code, reason_text = stopped.words
    from stopped where d.id = stopped.id
    returning ${eventColumns}, stopped.state as from_state
  ), event as (${insertEvents("held")})
  select id from held`;

// Nothing stops it any more: its account was connected or resumed while this one was being set aside.
const free = `
  with idle as (
    select d.id, clock_timestamp() <= d.due_at + d.max_lateness_ms * interval '1 ms' as in_time
    from deliveries d join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
    where d.next_check_at <= clock_timestamp() and d.state = 'held' and w.paused_at is null and a.state = 'active'
    limit $1 for update of d skip locked
  ), freed as (
    update deliveries d set state = case when in_time then 'scheduled' else 'missed' end,
      reason_code = case when not in_time then 'too_late' end,
      reason_text = case when not in_time then 'Its moment passed before it could be sent' end,
      next_check_at = case when not in_time then null
        when d.waits_for is not null then d.due_at + d.max_lateness_ms * interval '1 ms' else clock_timestamp() end
    from idle where d.id = idle.id
    returning ${eventColumns}, 'held' as from_state
  ), event as (${insertEvents("freed")})
  select id from freed`;

// People are told once; the row stays in sight and is looked at again every hour until they decide.
const keepWaiting = `
  update deliveries d set next_check_at = clock_timestamp() + interval '1 hour'
  from accounts a, workspaces w
  where d.next_check_at <= clock_timestamp() and a.id = d.account_id and w.id = d.workspace_id
    and (d.state = 'needs_decision' or d.state = 'held' and (a.state <> 'active' or w.paused_at is not null))`;

/**
 * Deliveries that time overtook: due while their account or workspace is stopped → held; past their lateness
 * limit → missed, never sent by themselves.
 * @param reringMs bells are rung again this often: nothing due has its next check later than that
 */
export async function overtake(
  db: Database,
  reringMs: number,
  limit = 1000,
): Promise<{ readonly held: number; readonly missed: number }> {
  const held = await db.hot.query({ name: "overtake-hold", text: hold, values: [limit, reringMs] });
  const missed = await db.hot.query({ name: "overtake-miss", text: miss, values: [limit] });
  await db.hot.query({ name: "overtake-free", text: free, values: [limit] });
  await db.hot.query({ name: "overtake-wait", text: keepWaiting });
  return { held: held.rowCount ?? 0, missed: missed.rowCount ?? 0 };
}
