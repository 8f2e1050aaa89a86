import type { Database } from "../database.ts";
import { eventColumns, insertEvents } from "./delivery-event.ts";

const giveBack = `
  with lost as (
    select id from deliveries where state = 'claimed' and next_check_at <= clock_timestamp()
      and lease_until <= clock_timestamp() limit $1 for update skip locked
  ), given_back as (
    update deliveries d set state = 'scheduled', owner = null, lease_until = null, next_check_at = clock_timestamp()
    from lost where d.id = lost.id
    returning ${eventColumns}, 'claimed' as from_state
  ), event as (${insertEvents("given_back")})
  select id from given_back`;

const doubt = `
  with lost as (
    select id, fence from deliveries where state = 'sending' and next_check_at <= clock_timestamp()
      and lease_until <= clock_timestamp() limit $1 for update skip locked
  ), doubted as (
    update deliveries d set state = 'uncertain', fence = d.fence + 1, lease_until = null, attempts = d.attempts + 1,
      looks = 0, absences = 0, reason_code = 'no_answer',
      reason_text = 'It may have been sent: no answer came back. We are looking whether it is there, after a video for up to an hour.',
      settle_until = clock_timestamp() + ($2::jsonb ->> d.platform)::float8 * interval '1 ms',
      next_check_at = clock_timestamp() + $3 * interval '1 ms'
    from lost where d.id = lost.id
    returning ${eventColumns}, 'sending' as from_state
  ), closed as (
    update attempts t set phase = 'closed', ended_at = clock_timestamp(), outcome = 'lease_expired'
    from lost where t.delivery_id = lost.id and t.fence = lost.fence and t.phase = 'sending'
  ), event as (${insertEvents("doubted")})
  select id from doubted`;

/**
 * Leases that ran out: claimed → scheduled, sending → uncertain with a fence of its own.
 * @param settleMs per platform: how long an answerless request may still take effect
 * @returns how many of each
 */
export async function reap(
  db: Database,
  settleMs: Readonly<Record<string, number>>,
  firstLookMs: number,
  limit = 1000,
): Promise<{ readonly givenBack: number; readonly doubted: number }> {
  const claimed = await db.hot.query({ name: "reap-claimed", text: giveBack, values: [limit] });
  const sending = await db.hot.query({
    name: "reap-sending",
    text: doubt,
    values: [limit, JSON.stringify(settleMs), firstLookMs],
  });
  return { givenBack: claimed.rowCount ?? 0, doubted: sending.rowCount ?? 0 };
}
