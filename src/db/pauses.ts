import type { Platform } from "../domain/platform.ts";
import { defaultTimings } from "../domain/timings.ts";
import type { Database } from "./database.ts";
import { eventColumns, insertEvents } from "./hot/delivery-event.ts";
import { prepareAt } from "./prepare-at.ts";

export type AccountState = "active" | "held" | "paused" | "disconnected";

export async function pauseWorkspace(db: Database, workspaceId: string, reason: string): Promise<void> {
  await db.pool.query(
    `with paused as (
       update workspaces set paused_at = coalesce(paused_at, now()), pause_reason = $2 where id = $1 returning id
     ) insert into delivery_events (workspace_id, type) select id, 'workspace.paused' from paused`,
    [workspaceId, reason],
  );
}

export async function resumeWorkspace(db: Database, workspaceId: string): Promise<void> {
  await db.pool.query(
    `with resumed as (
       update workspaces set paused_at = null, pause_reason = null where id = $1 and paused_at is not null returning id
     ) insert into delivery_events (workspace_id, type) select id, 'workspace.resumed' from resumed`,
    [workspaceId],
  );
}

/** What stands still in a workspace, and why. */
export interface Standstill {
  /** Since when the whole workspace is paused; null: it is not. */
  readonly pausedAt: Date | null;
  readonly reason: string | null;
  readonly accounts: readonly {
    readonly id: string;
    readonly state: "held" | "paused";
    readonly reason: string | null;
  }[];
}

export async function findStandstill(db: Database, workspaceId: string): Promise<Standstill> {
  const { rows } = await db.pool.query<Standstill>(
    `select w.paused_at as "pausedAt", w.pause_reason as reason,
       coalesce((select json_agg(json_build_object('id', id, 'state', state, 'reason', reason_text) order by id)
         from accounts where workspace_id = w.id and state in ('held', 'paused')), '[]') as accounts
     from workspaces w where w.id = $1`,
    [workspaceId],
  );
  return rows[0] ?? { pausedAt: null, reason: null, accounts: [] };
}

export interface StoppedAccount {
  readonly state: AccountState;
  readonly reasonCode: string | null;
}

/** Locked until the transaction ends. */
export async function lockAccount(
  tx: Database,
  workspaceId: string,
  id: string,
): Promise<StoppedAccount | undefined> {
  const { rows } = await tx.pool.query<StoppedAccount>(
    `select state, reason_code as "reasonCode" from accounts where workspace_id = $1 and id = $2 for update`,
    [workspaceId, id],
  );
  return rows[0];
}

/** active | held → paused, paused | held → active. */
export async function setAccountState(
  db: Database,
  workspaceId: string,
  id: string,
  next: { readonly state: "active" | "paused"; readonly reason: string | null },
): Promise<void> {
  await db.pool.query(
    `with changed as (
       update accounts set state = $3, reason_code = case when $3 = 'paused' then 'paused' end, reason_text = $4,
         late_sends = 0, updated_at = now()
       where workspace_id = $1 and id = $2 and state <> $3 and state <> 'disconnected' returning id
     )
     insert into delivery_events (workspace_id, type, account_id)
     select $1, case when $3 = 'paused' then 'account.paused' else 'account.resumed' end, id from changed`,
    [workspaceId, id, next.state, next.reason],
  );
}

// Nothing is flushed: what fell due meanwhile waits for a person, who may send it by `retry`.
const release = `
  with old as (
    select d.id, d.due_at > clock_timestamp() as on_time from deliveries d
    join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
    where d.workspace_id = $1 and ($2::text is null or d.account_id = $2) and d.next_check_at is not null
      and d.state = 'held' and w.paused_at is null and a.state = 'active' for update of d
  ), released as (
    update deliveries d set state = case when on_time then 'scheduled' else 'missed' end,
      reason_code = case when not on_time then 'paused_too_long' end,
      reason_text = case when not on_time then 'Its moment passed while sending was stopped' end,
      next_check_at = case when not on_time then null
        when d.waits_for is not null then d.due_at + d.max_lateness_ms * interval '1 ms'
        else greatest(clock_timestamp(), d.due_at - $4 * interval '1 ms') end,
      prepare_at = case when on_time then ${prepareAt("($3::jsonb->>d.platform)::float8")} end
    from old where d.id = old.id
    returning ${eventColumns}, 'held' as from_state
  ), event as (${insertEvents("released")}), rung as (
    select pg_notify('clarion_due', '') from (select 1 from released where state = 'scheduled' limit 1) soon
  )
  select count(*) filter (where state = 'scheduled') as scheduled, count(*) filter (where state = 'missed') as missed,
    (select count(*) from rung) as rung
  from released`;

/**
 * held → scheduled where the moment is still to come, else missed; only what neither account nor workspace stops.
 * @param preparing platforms on which something is made before the moment, and how early at most (milliseconds)
 */
export async function releaseDeliveries(
  db: Database,
  workspaceId: string,
  accountId: string | null,
  preparing: Readonly<Partial<Record<Platform, number>>>,
): Promise<{ readonly scheduled: number; readonly missed: number }> {
  const { lookAheadMs } = defaultTimings;
  const { rows } = await db.pool.query<{ scheduled: number; missed: number }>(release, [
    workspaceId,
    accountId,
    JSON.stringify(preparing),
    lookAheadMs,
  ]);
  const { scheduled = 0, missed = 0 } = rows[0] ?? {};
  return { scheduled, missed };
}
