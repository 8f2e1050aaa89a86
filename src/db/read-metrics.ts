import type { Database } from "./database.ts";

export interface OutcomeCount {
  readonly platform: string;
  /** The state that was reached. */
  readonly outcome: string;
  readonly count: number;
  /** Of those published: seconds after their due time. */
  readonly latenesses: readonly number[];
}

export interface StateCount {
  readonly platform: string;
  readonly state: string;
  readonly count: number;
}

/** Transactions before this one have all ended: what they wrote can be counted for good. */
export async function countingLine(db: Database): Promise<string> {
  const { rows } = await db.pool.query<{ xid: string }>(
    "select pg_snapshot_xmin(pg_current_snapshot())::text as xid",
  );
  return rows[0]?.xid ?? "0";
}

/** Transitions of all workspaces that were written from one counting line to another. */
export async function countOutcomes(db: Database, from: string, to: string): Promise<OutcomeCount[]> {
  const { rows } = await db.pool.query<OutcomeCount>(
    `select d.platform, substr(e.type, 10) as outcome, count(*) as count,
       coalesce(json_agg(extract(epoch from d.published_at - d.due_at)::float8)
         filter (where e.type = 'delivery.published' and d.published_at is not null), '[]') as latenesses
     from workspaces w cross join lateral (
       select type, delivery_id from delivery_events where workspace_id = w.id and xid >= $1::bigint and xid < $2::bigint
         and type in ('delivery.published', 'delivery.failed', 'delivery.missed', 'delivery.canceled', 'delivery.held',
           'delivery.retrying', 'delivery.uncertain', 'delivery.needs_decision', 'delivery.deleted')
     ) e join deliveries d on d.id = e.delivery_id
     group by 1, 2`,
    [from, to],
  );
  return rows;
}

/** What is not at its end, of all workspaces. */
export async function countOpen(db: Database): Promise<StateCount[]> {
  const { rows } = await db.pool.query<StateCount>(
    "select platform, state, count(*) as count from deliveries where next_check_at is not null group by 1, 2",
  );
  return rows;
}
