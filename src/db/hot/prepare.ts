import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";
import { type ClaimedDelivery, claimedColumns, claimedJoins } from "./claim.ts";

/**
 * Deliveries whose media can be uploaded or containers built now, before their moment. Taking one moves its
 * `prepare_at` by the lease, so that two workers do not do the same; doing it twice would be harmless.
 */
export async function takePrepares(
  db: Database,
  platforms: readonly Platform[],
  leaseMs: number,
  limit: number,
): Promise<ClaimedDelivery[]> {
  const { rows } = await db.hot.query<ClaimedDelivery>({
    name: "take-prepares",
    text: `
      with due as (
        select d.id from deliveries d join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
        where d.prepare_at <= clock_timestamp() and d.state = 'scheduled' and d.platform = any($1) and d.waits_for is null
          and d.due_at > clock_timestamp() + interval '2 s' -- its own attempt prepares it, and must not find it locked
          and a.state = 'active' and w.paused_at is null and (a.cool_until is null or a.cool_until <= clock_timestamp())
        order by d.prepare_at limit $2 for update of d skip locked
      ), c as (
        update deliveries d set prepare_at = clock_timestamp() + $3 * interval '1 ms' from due where d.id = due.id
        returning d.*
      )
      select ${claimedColumns} from c ${claimedJoins}`,
    values: [platforms, limit, leaseMs],
  });
  return rows;
}

export interface PreparedRow {
  readonly id: string;
  readonly payloadHash: string;
  /** Of who made it: a later claim makes, and publishes, a handle of its own. */
  readonly fence: number;
  readonly owner: number | null;
  readonly prepared: unknown;
  /** Null: ready, nothing more to prepare. */
  readonly againAfterMs: number | null;
}

/** Kept only where the content is still the one it was made of; must be durable before the intent. */
export async function savePrepared(db: Database, row: PreparedRow): Promise<boolean> {
  const { rowCount } = await db.hot.query(
    `update deliveries set prepared = $3, reason_code = null, reason_text = null,
       prepare_at = case when $4::float8 is not null then clock_timestamp() + $4 * interval '1 ms' end
     where id = $1 and payload_hash = $2 and fence = $5 and owner is not distinct from $6
       and state in ('scheduled', 'claimed', 'retrying', 'held')`,
    [row.id, row.payloadHash, JSON.stringify(row.prepared), row.againAfterMs, row.fence, row.owner],
  );
  return rowCount === 1;
}

/** There is nothing to prepare for this one. */
export async function clearPrepare(db: Database, id: string): Promise<void> {
  await db.hot.query("update deliveries set prepare_at = null where id = $1 and state = 'scheduled'", [id]);
}

/** What stands in the way, while there is still time to mend it. The delivery stays as it is. */
export async function notePrepareProblem(
  db: Database,
  problem: {
    readonly id: string;
    readonly code: string;
    readonly text: string;
    readonly againAfterMs: number | null;
  },
): Promise<void> {
  await db.hot.query(
    `with noted as (
       update deliveries set reason_code = $2, reason_text = $3,
         prepare_at = case when $4::float8 is not null then clock_timestamp() + $4 * interval '1 ms' end
       where id = $1 and state = 'scheduled' returning id, workspace_id, post_id, account_id, fence, reason_code
     )
     insert into delivery_events (workspace_id, type, delivery_id, post_id, account_id, from_state, fence, reason_code)
     select workspace_id, 'delivery.warning', id, post_id, account_id, 'scheduled', fence, reason_code from noted`,
    [problem.id, problem.code, problem.text, problem.againAfterMs],
  );
}
