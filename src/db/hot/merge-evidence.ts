import type { Database } from "../database.ts";
import { eventColumns, insertEvents } from "./delivery-event.ts";

// Whoever holds the row now loses it: their next conditional update finds another state.
const statement = `
  with old as (
    select id, state from deliveries where id = $1 and state not in ('published', 'deleted') for update
  ), merged as (
    update deliveries d set state = 'published', external_id = $2, external_url = $3, published_at = clock_timestamp(),
      next_check_at = null, lease_until = null, settle_until = null, prepare_at = null, reason_code = null, reason_text = null
    from old where d.id = old.id
    returning ${eventColumns}, old.state as from_state
  ), released as (
    update deliveries c set waits_for = null, next_check_at = clock_timestamp() from merged where c.waits_for = merged.id
  ), event as (${insertEvents("merged")})
  select id from merged`;

/**
 * A worker that was given up for dead did get its post accepted. Evidence only grows: whatever was decided meanwhile,
 * the post is public, so the delivery is published and is never sent again.
 */
export async function mergeEvidence(
  db: Database,
  found: { readonly id: string; readonly externalId: string; readonly externalUrl: string },
): Promise<boolean> {
  const { rowCount } = await db.hot.query(statement, [found.id, found.externalId, found.externalUrl]);
  return rowCount === 1;
}
