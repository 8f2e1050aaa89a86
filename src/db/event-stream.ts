import type { Database } from "./database.ts";

/** A place in the stream of events: all up to it have been seen. */
export interface EventPosition {
  readonly xid: string;
  readonly id: number;
}

export interface StreamedEvent {
  readonly xid: string;
  readonly id: number;
  readonly type: string;
  readonly deliveryId: string | null;
  readonly postId: string | null;
  readonly accountId: string | null;
  readonly platform: string | null;
  readonly from: string | null;
  readonly reasonCode: string | null;
  readonly at: Date;
}

/**
 * The next events of a workspace. Ids are given before commit, so a reader that followed them alone would pass over
 * what a slower transaction is still to show: this one stops before the oldest transaction that runs.
 */
export async function readEvents(
  db: Database,
  workspaceId: string,
  after: EventPosition,
  limit: number,
): Promise<StreamedEvent[]> {
  const { rows } = await db.pool.query<StreamedEvent>({
    name: "read-events",
    text: `
      select e.xid::text, e.id, e.type, e.delivery_id as "deliveryId", e.post_id as "postId", e.account_id as "accountId",
        a.platform, e.from_state as "from", e.reason_code as "reasonCode", e.at
      from delivery_events e left join accounts a on a.id = e.account_id
      where e.workspace_id = $1 and (e.xid, e.id) > ($2::bigint, $3::bigint)
        and e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
      order by e.xid, e.id limit $4`,
    values: [workspaceId, after.xid, after.id, limit],
  });
  return rows;
}

/** Just before everything that is still to be shown. */
export async function currentPosition(db: Database): Promise<EventPosition> {
  const { rows } = await db.pool.query<{ xid: string }>({
    name: "event-position",
    text: "select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as xid",
  });
  return { xid: rows[0]?.xid ?? "0", id: Number.MAX_SAFE_INTEGER };
}
