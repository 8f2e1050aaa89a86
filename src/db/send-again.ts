import type { DeliveryState } from "../domain/delivery.ts";
import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";
import { eventColumns, insertEvents } from "./hot/delivery-event.ts";

export interface LockedDelivery {
  readonly id: string;
  readonly postId: string;
  readonly accountId: string;
  readonly part: number;
  readonly state: DeliveryState;
  /** Of the part before it in the chain; null: there is none. */
  readonly previousState: DeliveryState | null;
  /** The account or the workspace is stopped. */
  readonly stopped: boolean;
}

/** The delivery, locked until the transaction ends. */
export async function lockDelivery(
  tx: Database,
  workspaceId: string,
  id: string,
): Promise<LockedDelivery | undefined> {
  const { rows } = await tx.pool.query<LockedDelivery>(
    `select d.id, d.post_id as "postId", d.account_id as "accountId", d.part, d.state, prev.state as "previousState",
       w.paused_at is not null or a.state <> 'active' as stopped
     from deliveries d join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
     left join deliveries prev on prev.id = d.after_id
     where d.workspace_id = $1 and d.id = $2 for update of d`,
    [workspaceId, id],
  );
  return rows[0];
}

// What may once have been sent keeps what was prepared, unless it was refused: publishing the same handle cannot double.
const sendNow = `
  with old as (
    select d.id, d.state, d.part = $4 as head from deliveries d
    where d.workspace_id = $1 and d.post_id = $2 and d.account_id = $3 and d.part >= $4
      and case when d.part = $4 then d.state in ('failed', 'missed', 'needs_decision')
        else d.state in ('missed', 'scheduled') end
    order by d.id for update
  ), again as (
    update deliveries d set state = 'scheduled', due_at = $6::timestamptz, not_before = null, attempts = 0, sent_at = null, looks = 0,
      absences = 0, settle_until = null, handle = null, owner = null, lease_until = null,
      prepared = case when old.state <> 'failed' and d.sent_at is not null then d.prepared end,
      reason_code = null, reason_text = null, waits_for = case when old.head then null else d.after_id end,
      next_check_at = case when old.head then clock_timestamp() else $6::timestamptz + d.max_lateness_ms * interval '1 ms' end,
      prepare_at = case when d.platform = any($5) then clock_timestamp() end
    from old where d.id = old.id
    returning ${eventColumns}, old.state as from_state
  ), event as (${insertEvents("again")}), rung as (select pg_notify('clarion_due', '') from again limit 1)
  select count(*) from rung`;

/**
 * failed | missed | needs_decision → scheduled now, as if it had never been tried; the later parts of its chain that
 * were missed with it wait for it again.
 * @param preparing platforms on which something is made before the moment
 */
export async function sendAgain(
  tx: Database,
  workspaceId: string,
  delivery: LockedDelivery,
  preparing: readonly Platform[],
  now: Date,
): Promise<void> {
  const { postId, accountId, part } = delivery;
  await tx.pool.query(sendNow, [workspaceId, postId, accountId, part, preparing, now]);
}
