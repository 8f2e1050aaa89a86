import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";
import { type ClaimedDelivery, claimedColumns, claimedJoins } from "./claim.ts";
import { insertEvents } from "./delivery-event.ts";

// One per account, and the account's turn is taken in the same statement: two workers cannot both release one.
const statement = `
  with oldest as (
    select distinct on (d.account_id) d.id, d.account_id from deliveries d
    join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
    where d.next_check_at <= clock_timestamp() + $7 * interval '1 ms' and d.state in ('scheduled', 'retrying') and d.waits_for is null
      and d.platform = any($1) and d.id <> all($9) and d.due_at <= clock_timestamp() - $2 * interval '1 ms'
      and clock_timestamp() <= d.due_at + d.max_lateness_ms * interval '1 ms'
      and (d.not_before is null or d.not_before <= clock_timestamp()) and w.paused_at is null and a.state = 'active'
      and (a.cool_until is null or a.cool_until <= clock_timestamp())
      and (a.next_late_at is null or a.next_late_at <= clock_timestamp())
    order by d.account_id, d.due_at, d.id limit $6
  ), turn as (
    update accounts a set next_late_at = clock_timestamp() + $3 * interval '1 ms',
      late_sends = case when recent.yes then a.late_sends + 1 else 1 end,
      late_since = case when recent.yes then a.late_since else clock_timestamp() end,
      state = case when recent.yes and a.late_sends >= $8::int then 'held' else a.state end,
      reason_code = case when recent.yes and a.late_sends >= $8::int then 'late_burst' else a.reason_code end,
      reason_text = case when recent.yes and a.late_sends >= $8::int
        then 'Many delayed posts were about to go out within a minute. Look at the account, then resume it.' else a.reason_text end
    from oldest, lateral (select coalesce(b.late_since > clock_timestamp() - interval '1 minute', false) as yes
      from accounts b where b.id = oldest.account_id) recent
    where a.id = oldest.account_id and a.state = 'active' and (a.next_late_at is null or a.next_late_at <= clock_timestamp())
    returning oldest.id, a.id as account_id, a.workspace_id, a.state = 'active' as calm
  ), tripped as (
    insert into delivery_events (workspace_id, type, account_id, reason_code)
    select workspace_id, 'account.held', account_id, 'late_burst' from turn where not calm
  ), due as (
    select d.id, d.state from deliveries d join turn on turn.id = d.id and turn.calm
    where d.state in ('scheduled', 'retrying') and d.due_at <= clock_timestamp() - $2 * interval '1 ms'
    for update of d skip locked
  ), claimed as (
    update deliveries d set state = 'claimed', fence = d.fence + 1, owner = $4, reason_code = null, reason_text = null,
      lease_until = clock_timestamp() + $5 * interval '1 ms', next_check_at = clock_timestamp() + $5 * interval '1 ms'
    from due where d.id = due.id
    returning d.*, due.state as from_state
  ), event as (${insertEvents("claimed")})
  select ${claimedColumns} from claimed c ${claimedJoins}`;

/**
 * Sends that are late (after an outage) are released spaced: the oldest of each account, one per `spacingMs`.
 * Behind it stands the burst breaker: an account with more of them than `burst` within a minute is held.
 */
export async function claimLate(
  db: Database,
  options: {
    readonly platforms: readonly Platform[];
    readonly lateAfterMs: number;
    readonly spacingMs: number;
    /** Rings are repeated this often: nothing due has its next check later than that. */
    readonly reringMs: number;
    /** More than this many within a minute hold the account: something loops. */
    readonly burst: number;
    readonly owner: number;
    readonly leaseMs: number;
    readonly limit: number;
    /** What is just being uploaded for one of them. */
    readonly except?: readonly string[];
  },
): Promise<ClaimedDelivery[]> {
  const { platforms, lateAfterMs, spacingMs, owner, leaseMs, limit, reringMs, burst, except = [] } = options;
  const { rows } = await db.hot.query<ClaimedDelivery>({
    name: "claim-late",
    text: statement,
    values: [platforms, lateAfterMs, spacingMs, owner, leaseMs, limit, reringMs, burst, except],
  });
  return rows;
}
