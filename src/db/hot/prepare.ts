import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";
import { type ClaimedDelivery, claimedColumns, claimedJoins } from "./claim.ts";

export interface TakenPrepare extends ClaimedDelivery {
  /** Its lease, as the database writes it: who finds another in the row has lost it. */
  readonly leasedUntil: string;
}

/**
 * Deliveries whose media can be uploaded or containers built now, before their moment. Taking one moves its
 * `prepare_at` by the lease, so that two workers do not do the same; doing it twice would be harmless.
 */
export async function takePrepares(
  db: Database,
  platforms: readonly Platform[],
  leaseMs: number,
  limit: number,
): Promise<TakenPrepare[]> {
  const { rows } = await db.hot.query<TakenPrepare>({
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
      select ${claimedColumns}, c.prepare_at::text as "leasedUntil" from c ${claimedJoins}`,
    values: [platforms, limit, leaseMs],
  });
  return rows;
}

export type PrepareLease = Pick<TakenPrepare, "id" | "payloadHash" | "fence" | "leasedUntil">;

/**
 * A long upload is not a dead worker: the leases of these start anew.
 * @returns the new ones by id, without those that were lost: changed, stopped, at their moment, or somebody else's
 */
export async function keepPrepares(
  db: Database,
  leases: readonly PrepareLease[],
  leaseMs: number,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.hot.query<Pick<PrepareLease, "id" | "leasedUntil">>({
    name: "keep-prepares",
    text: `
      update deliveries d set prepare_at = clock_timestamp() + $5 * interval '1 ms'
      from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[]) as l(id, payload_hash, fence, until)
      where d.id = l.id and d.payload_hash = l.payload_hash and d.fence = l.fence and d.prepare_at = l.until
        and d.state = 'scheduled'
      returning d.id, d.prepare_at::text as "leasedUntil"`,
    values: [
      leases.map((l) => l.id),
      leases.map((l) => l.payloadHash),
      leases.map((l) => l.fence),
      leases.map((l) => l.leasedUntil),
      leaseMs,
    ],
  });
  return new Map(rows.map((row) => [row.id, row.leasedUntil]));
}

/** Whether what is being prepared is still what is to go out: not changed, moved, stopped, nor begun to be sent. */
export async function isStillWanted(
  db: Database,
  { id, payloadHash, fence }: PrepareLease,
): Promise<boolean> {
  const { rowCount } = await db.hot.query(
    "select 1 from deliveries where id = $1 and payload_hash = $2 and fence = $3 and state = 'scheduled'",
    [id, payloadHash, fence],
  );
  return rowCount === 1;
}

/** It was broken off: another takes it at once. */
export async function giveBackPrepare(db: Database, lease: PrepareLease): Promise<void> {
  await keepPrepares(db, [lease], 0);
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
