import type { Database } from "./database.ts";
import { eventColumns, insertEvents } from "./hot/delivery-event.ts";

export interface FoundByPerson {
  readonly externalId: string | null;
  readonly externalUrl: string | null;
}

// Later parts answer the part before them by its id at the platform: without it they cannot go out.
const published = `
  with published as (
    update deliveries d set state = 'published', published_at = coalesce(d.sent_at, clock_timestamp()),
      external_id = coalesce($3, d.external_id), external_url = coalesce($4, d.external_url), next_check_at = null,
      settle_until = null, lease_until = null, prepare_at = null, reason_code = null, reason_text = null
    where d.workspace_id = $1 and d.id = $2 and d.state = 'needs_decision'
    returning ${eventColumns}, 'needs_decision' as from_state, d.external_id
  ), released as (
    update deliveries d set waits_for = null, next_check_at = clock_timestamp() from published p
    where d.waits_for = p.id and p.external_id is not null
    returning d.id
  ), event as (${insertEvents("published")}), rung as (select pg_notify('clarion_due', '') from released limit 1)
  select id, external_id is not null as known, (select count(*) from rung) as rung from published`;

/** needs_decision → published: a person has seen it there. @returns whether its id is known, so that others can answer it */
export async function resolvePublished(
  tx: Database,
  workspaceId: string,
  id: string,
  found: FoundByPerson,
): Promise<boolean> {
  const { rows } = await tx.pool.query<{ known: boolean }>(published, [
    workspaceId,
    id,
    found.externalId,
    found.externalUrl,
  ]);
  return rows[0]?.known === true;
}

const drop = `
  with dropped as (
    update deliveries d set state = 'canceled', next_check_at = null, settle_until = null, prepare_at = null,
      reason_code = 'dropped', reason_text = 'A person decided not to send it'
    where d.workspace_id = $1 and d.id = $2 and d.state = 'needs_decision'
    returning ${eventColumns}, 'needs_decision' as from_state
  ), event as (${insertEvents("dropped")})
  select id from dropped`;

/** needs_decision → canceled. */
export async function resolveDropped(tx: Database, workspaceId: string, id: string): Promise<void> {
  await tx.pool.query(drop, [workspaceId, id]);
}

const end = `
  with old as (
    select id, state from deliveries where workspace_id = $1 and post_id = $2 and account_id = $3 and part > $4
      and state in ('scheduled', 'held') order by id for update
  ), ended as (
    update deliveries d set state = 'canceled', next_check_at = null, prepare_at = null, waits_for = null,
      reason_code = $5, reason_text = $6
    from old where d.id = old.id
    returning ${eventColumns}, old.state as from_state
  ), event as (${insertEvents("ended")})
  select id from ended`;

/** The later parts of a chain that has ended here → canceled. */
export async function endChain(
  tx: Database,
  workspaceId: string,
  after: { readonly postId: string; readonly accountId: string; readonly part: number },
  reason: { readonly code: string; readonly text: string },
): Promise<void> {
  const { postId, accountId, part } = after;
  await tx.pool.query(end, [workspaceId, postId, accountId, part, reason.code, reason.text]);
}
