import type { Database } from "../database.ts";
import { eventColumns, insertEvents } from "./delivery-event.ts";

export interface Intent {
  readonly id: string;
  readonly fence: number;
  /** Of the claim. */
  readonly owner: number | null;
  /** Of the content that is about to be sent. */
  readonly payloadHash: string;
  /** The sender gives up before that; after it, what became of the request is unknown. */
  readonly leaseMs: number;
}

// Only the session that claimed may send: its lock is what proves later that the sender lives, or is gone. A lease that
// is long because of its files moves the next check along; all others leave the indexed column, and so the page, alone.
const longMs = 60_000;
const statement = `
  with intended as (
    update deliveries d set state = 'sending', sent_at = coalesce(d.sent_at, clock_timestamp()),
      lease_until = clock_timestamp() + i.lease_ms * interval '1 ms',
      next_check_at = case when i.lease_ms > ${longMs} then clock_timestamp() + i.lease_ms * interval '1 ms' else d.next_check_at end
    from unnest($1::text[], $2::bigint[], $3::text[], $4::float8[], $6::bigint[])
      as i(id, fence, payload_hash, lease_ms, owner), accounts a, workspaces w
    where d.id = i.id and d.fence = i.fence and d.state = 'claimed' and d.lease_until > clock_timestamp()
      and d.owner = i.owner and d.owner = $5 and d.payload_hash = i.payload_hash
      and d.due_at <= clock_timestamp() and clock_timestamp() <= d.due_at + d.max_lateness_ms * interval '1 ms'
      and a.id = d.account_id and a.state = 'active' and w.id = d.workspace_id and w.paused_at is null
    returning ${eventColumns}, 'claimed' as from_state
  ), attempt as (
    insert into attempts (delivery_id, fence, phase, owner, started_at)
    select id, fence, 'sending', $5, clock_timestamp() from intended
  ), event as (${insertEvents("intended")})
  select id from intended`;

/**
 * claimed → sending: the intent, durable before the first byte leaves.
 * @returns per intent whether it may be sent
 */
export async function intend(db: Database, intents: readonly Intent[], owner: number): Promise<boolean[]> {
  const { rows } = await db.hot.query<{ id: string }>({
    name: "intend",
    text: statement,
    values: [
      intents.map((i) => i.id),
      intents.map((i) => i.fence),
      intents.map((i) => i.payloadHash),
      intents.map((i) => i.leaseMs),
      owner,
      intents.map((i) => i.owner),
    ],
  });
  const granted = new Set(rows.map((row) => row.id));
  return intents.map((i) => granted.delete(i.id)); // once, even if one delivery stood in the batch twice
}
