import type { DeliveryState } from "../domain/delivery.ts";
import type { Database } from "./database.ts";
import { eventColumns, insertEvents } from "./hot/delivery-event.ts";
import { insertChains, type NewDelivery, type PostRows, refuseGoneMedia } from "./insert-posts.ts";

export interface LockedPost {
  readonly content: unknown;
  readonly dueAt: Date | null;
  readonly wallTime: string | null;
  readonly zone: string | null;
  readonly timeChoice: "earlier" | "later" | null;
  readonly canceledAt: Date | null;
  readonly revision: number;
  readonly deliveries: readonly LockedDelivery[];
}

export interface LockedDelivery {
  readonly id: string;
  readonly accountId: string;
  readonly part: number;
  readonly state: DeliveryState;
  /** An attempt of it may once have left, under the key or handle of its present content. */
  readonly sent: boolean;
}

/** The post, then its deliveries in the order of their ids: nobody moves them until the transaction ends. */
export async function lockPost(
  tx: Database,
  workspaceId: string,
  id: string,
): Promise<LockedPost | undefined> {
  const post = await tx.pool.query<Omit<LockedPost, "deliveries">>(
    `select content, due_at as "dueAt", wall_time as "wallTime", zone, time_choice as "timeChoice",
       canceled_at as "canceledAt", revision
     from posts where workspace_id = $1 and id = $2 and deleted_at is null for update`,
    [workspaceId, id],
  );
  const [found] = post.rows;
  if (!found) return undefined;
  const { rows } = await tx.pool.query<LockedDelivery>(
    `select id, account_id as "accountId", part, state, sent_at is not null as sent from deliveries
     where workspace_id = $1 and post_id = $2 order by id for update`,
    [workspaceId, id],
  );
  return { ...found, deliveries: rows };
}

// Whoever holds a claim on the row loses it with the fence. A bell in the queue has its name from the fence, too, and a
// new moment needs a new one. What a person or the platform stopped stays stopped.
const keep = `
  with r as (
    select * from jsonb_to_recordset($2::jsonb) as r(id text, "variantId" text, "payloadHash" text, "dueAt" timestamptz,
      state text, "reasonCode" text, "reasonText" text, "afterId" text, "prepareAheadMs" float8)
  ), old as (
    select d.id, d.state, case when d.state in ('failed', 'missed') and not $3 then d.state
      when d.state = 'held' then 'held' else r.state end as next
    from deliveries d join r on r.id = d.id where d.workspace_id = $1
      and d.state in ('scheduled', 'claimed', 'retrying', 'held', 'failed', 'missed')
  ), kept as (
    update deliveries d set state = old.next, variant_id = r."variantId", payload_hash = r."payloadHash",
      due_at = r."dueAt", fence = d.fence + 1, owner = null, lease_until = null,
      not_before = null, attempts = 0, sent_at = null, handle = null, after_id = r."afterId",
      prepared = case when d.payload_hash = r."payloadHash" and old.state <> 'failed' then d.prepared end,
      waits_for = case when old.next in ('scheduled', 'held') then r."afterId" end,
      reason_code = case when old.next = old.state then d.reason_code else r."reasonCode" end,
      reason_text = case when old.next = old.state then d.reason_text else r."reasonText" end,
      next_check_at = case when old.next = 'held' then clock_timestamp() + interval '1 hour'
        when old.next <> 'scheduled' then null
        when r."afterId" is not null then r."dueAt" + d.max_lateness_ms * interval '1 ms'
        else greatest(clock_timestamp(), r."dueAt" - $4 * interval '1 ms') end,
      prepare_at = case when r."prepareAheadMs" is not null and old.next = 'scheduled'
        then greatest(clock_timestamp(), r."dueAt" - r."prepareAheadMs" * interval '1 ms') end
    from r, old where d.id = r.id and old.id = r.id
    returning ${eventColumns}, old.state as from_state, d.due_at, d.waits_for
  ), moved as (select * from kept where state <> from_state),
  event as (${insertEvents("moved")}), rung as (
    select pg_notify('clarion_due', '') from (select 1 from kept where state = 'scheduled' and waits_for is null
      and due_at <= clock_timestamp() + $4 * interval '1 ms' limit 1) soon
  )
  select (select count(*) from kept) as kept, (select count(*) from rung) as rung`;

/** Deliveries that are in the plan and exist already. `rescheduled`: what failed or was missed goes out after all. */
export async function keepDeliveries(
  tx: Database,
  workspaceId: string,
  planned: readonly NewDelivery[],
  options: { readonly rescheduled: boolean; readonly lookAheadMs: number },
): Promise<void> {
  const { rescheduled, lookAheadMs } = options;
  await tx.pool.query(keep, [workspaceId, JSON.stringify(planned), rescheduled, lookAheadMs]);
}

/** New content: its variants, which existing deliveries may point to, and the deliveries that are new. */
export async function insertPlanned(tx: Database, workspaceId: string, rows: PostRows): Promise<void> {
  await tx.pool.query(`with ${insertChains} select count(*) from rung`, [
    workspaceId,
    JSON.stringify(rows.variants),
    JSON.stringify(rows.deliveries),
  ]);
}

/** Deliveries that are no longer wanted: gone, or canceled where tries of them are on record. */
export async function dropDeliveries(
  tx: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  await tx.pool.query(
    `with doomed as (
       select d.id, d.state from deliveries d where d.workspace_id = $1 and d.id = any($2)
         and d.state in ('scheduled', 'claimed', 'retrying', 'held', 'failed', 'missed')
     ), canceled as (
       update deliveries d set state = 'canceled', fence = d.fence + 1, owner = null, lease_until = null,
         next_check_at = null, prepare_at = null, waits_for = null, reason_code = 'edited',
         reason_text = 'The post was changed and no longer goes here'
       from doomed where d.id = doomed.id
       returning ${eventColumns}, doomed.state as from_state
     ), event as (${insertEvents("canceled")})
     select id from canceled`,
    [workspaceId, ids],
  );
  await tx.pool.query(
    `delete from deliveries d where d.workspace_id = $1 and d.id = any($2) and d.state = 'canceled'
       and not exists (select 1 from attempts t where t.delivery_id = d.id)`,
    [workspaceId, ids],
  );
}

/** The post's own row and its files; one more revision. */
export async function updatePost(tx: Database, workspaceId: string, rows: PostRows): Promise<void> {
  const { post, mediaIds } = rows;
  await tx.pool.query(
    `with updated as (
       update posts set content = $3, text = $4, due_at = $5, wall_time = $6, zone = $7, time_choice = $8,
         revision = revision + 1, updated_at = now() where workspace_id = $1 and id = $2 returning id
     ), unused as (
       delete from post_media where workspace_id = $1 and post_id = $2 and media_id <> all($9)
     )
     insert into delivery_events (workspace_id, type, post_id) select $1, 'post.updated', id from updated`,
    [
      workspaceId,
      post.id,
      JSON.stringify(post.content),
      post.text,
      post.dueAt,
      post.wallTime,
      post.zone,
      post.timeChoice,
      mediaIds,
    ],
  );
  await tx.pool
    .query(
      `insert into post_media (workspace_id, post_id, media_id, position)
       select $1, $2, media_id, ord - 1 from unnest($3::text[]) with ordinality as m(media_id, ord)
       on conflict (post_id, media_id) do update set position = excluded.position`,
      [workspaceId, post.id, mediaIds],
    )
    .catch(refuseGoneMedia);
}
