import type { Database } from "../database.ts";
import { eventColumns, insertEvents } from "./delivery-event.ts";

const statement = `
  with held as (
    select d.id, d.due_at + d.max_lateness_ms * interval '1 ms' < clock_timestamp() as late,
      w.paused_at is not null or a.state <> 'active' as stopped,
      coalesce(case when w.paused_at is not null then 'workspace_paused' end, 'account_' || a.state) as stop_code,
      coalesce(w.pause_reason, a.reason_text) as stop_text
    from deliveries d join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
    where d.id = $1 and d.fence = $2 and d.state = 'claimed' for update of d
  ), released as (
    update deliveries d set lease_until = null, owner = null,
      state = case when stopped then 'held' when late then 'missed' else 'scheduled' end,
      reason_code = case when stopped then stop_code when late then 'too_late' else $4 end,
      reason_text = case when stopped then stop_text when late then 'Its moment passed before it could be sent' else $5 end,
      not_before = case when $3::float8 is null then d.not_before else clock_timestamp() + $3 * interval '1 ms' end,
      next_check_at = case when stopped then clock_timestamp() + interval '1 hour' when late then null
        else clock_timestamp() end
    from held where d.id = held.id
    returning ${eventColumns}, 'claimed' as from_state
  ), event as (${insertEvents("released")})
  select state from released`;

/**
 * claimed → scheduled, or held or missed where that is why it may not be sent. No intent was written: safe.
 * @param wait for a platform that is still preparing: how long, and what to show meanwhile
 */
export async function release(
  db: Database,
  claim: { readonly id: string; readonly fence: number },
  wait?: { readonly waitMs: number; readonly code: string; readonly text: string },
): Promise<void> {
  const values = [claim.id, claim.fence, wait?.waitMs ?? null, wait?.code ?? null, wait?.text ?? null];
  await db.hot.query(statement, values);
}
