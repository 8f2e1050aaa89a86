import type { Database } from "./database.ts";
import { eventColumns, insertEvents } from "./hot/delivery-event.ts";

/** What had not been stopped in time: it is past its intent. */
export interface Unstoppable {
  readonly id: string;
  readonly postId: string;
  readonly accountId: string;
  readonly state: string;
}

// Not once the intent is written. A worker that holds a claim finds its fence gone.
const cancel = `
  with old as (
    select id, state from deliveries where workspace_id = $1 and post_id = $2
      and state in ('scheduled', 'claimed', 'retrying', 'held') and ($3::text[] is null or account_id = any($3))
    order by id for update
  ), canceled as (
    update deliveries d set state = 'canceled', fence = d.fence + case when old.state = 'claimed' then 1 else 0 end,
      owner = null, lease_until = null, next_check_at = null, prepare_at = null, waits_for = null,
      reason_code = 'canceled', reason_text = 'Canceled by a person'
    from old where d.id = old.id
    returning ${eventColumns}, old.state as from_state
  ), event as (${insertEvents("canceled")})
  select id from canceled`;

/**
 * scheduled | claimed | retrying | held → canceled.
 * @param accountIds null: for the whole post
 * @returns how many
 */
export async function cancelDeliveries(
  db: Database,
  workspaceId: string,
  postId: string,
  accountIds: readonly string[] | null = null,
): Promise<number> {
  const { rowCount } = await db.pool.query(cancel, [workspaceId, postId, accountIds]);
  return rowCount ?? 0;
}

/** Marks the post itself; `gone` also takes it out of sight. */
export async function closePost(
  db: Database,
  workspaceId: string,
  postId: string,
  gone: boolean,
): Promise<void> {
  await db.pool.query(
    `with closed as (
       update posts set canceled_at = coalesce(canceled_at, now()), revision = revision + 1, updated_at = now(),
         deleted_at = case when $3 then now() else deleted_at end
       where workspace_id = $1 and id = $2 returning id
     )
     insert into delivery_events (workspace_id, type, post_id)
     select $1, case when $3 then 'post.deleted' else 'post.canceled' end, id from closed`,
    [workspaceId, postId, gone],
  );
}

const hold = `
  with old as (
    select id, state from deliveries where workspace_id = $1 and ($2::text is null or account_id = $2)
      and next_check_at is not null and state in ('scheduled', 'claimed', 'retrying') for update
  ), held as (
    update deliveries d set state = 'held', fence = d.fence + case when old.state = 'claimed' then 1 else 0 end,
      owner = null, lease_until = null, prepare_at = null, next_check_at = clock_timestamp() + interval '1 hour',
      reason_code = $3, reason_text = $4
    from old where d.id = old.id
    returning ${eventColumns}, old.state as from_state
  ), event as (${insertEvents("held")})
  select id from held`;

/** scheduled | claimed | retrying → held, for an account or the whole workspace. @returns how many */
export async function holdDeliveries(
  db: Database,
  workspaceId: string,
  accountId: string | null,
  reason: { readonly code: string; readonly text: string },
): Promise<number> {
  const { rowCount } = await db.pool.query(hold, [workspaceId, accountId, reason.code, reason.text]);
  return rowCount ?? 0;
}

/** What is past its intent and not at its end, of a post, an account or the whole workspace; at most 200. */
export async function findUnstoppable(
  db: Database,
  workspaceId: string,
  of: { readonly postId?: string; readonly accountId?: string | null },
): Promise<Unstoppable[]> {
  const { rows } = await db.pool.query<Unstoppable>(
    `select id, post_id as "postId", account_id as "accountId", state from deliveries
     where workspace_id = $1 and next_check_at is not null and state in ('sending', 'processing', 'uncertain', 'needs_decision')
       and ($2::text is null or post_id = $2) and ($3::text is null or account_id = $3)
     order by due_at limit 200`,
    [workspaceId, of.postId ?? null, of.accountId ?? null],
  );
  return rows;
}
