import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";
import { type ClaimedDelivery, claimedColumns, claimedJoins } from "./claim.ts";
import { eventColumns, insertEvents } from "./delivery-event.ts";
import { sessionLockClass } from "./session-connection.ts";

/** A delivery whose fate is to be asked of the platform. */
export interface OpenQuestion extends ClaimedDelivery {
  readonly state: "uncertain" | "processing";
  readonly sentAt: Date;
  /** Since the first attempt that may have become public. */
  readonly ageMs: number;
  readonly handle: string | null;
  readonly looks: number;
  readonly absences: number;
  /** An absence may be believed from now on. */
  readonly settled: boolean;
}

/** Takes what is due for a look, oldest first. A look that dies is taken again after the lease. */
export async function takeQuestions(
  db: Database,
  platforms: readonly Platform[],
  leaseMs: number,
  limit: number,
): Promise<OpenQuestion[]> {
  const { rows } = await db.hot.query<OpenQuestion>({
    name: "take-questions",
    text: `
      with due as (
        select id from deliveries where next_check_at <= clock_timestamp() and state in ('uncertain', 'processing')
          and platform = any($1) order by next_check_at limit $2 for update skip locked
      ), c as (
        update deliveries d set next_check_at = clock_timestamp() + $3 * interval '1 ms' from due where d.id = due.id
        returning d.*
      )
      select ${claimedColumns}, c.state, c.handle, c.looks, c.absences,
        extract(epoch from clock_timestamp() - c.sent_at)::float8 * 1000 as "ageMs",
        coalesce(clock_timestamp() >= c.settle_until, true) as settled
      from c ${claimedJoins}`,
    values: [platforms, limit, leaseMs],
  });
  return rows;
}

/** The platform has not said enough yet: look again later. */
export async function lookAgain(
  db: Database,
  question: OpenQuestion,
  next: { readonly afterMs: number; readonly absent: boolean; readonly counts: boolean },
): Promise<void> {
  await db.hot.query(
    `update deliveries set next_check_at = clock_timestamp() + $4 * interval '1 ms',
       looks = looks + $5, absences = absences + $6
     where id = $1 and fence = $2 and state = $3`,
    [question.id, question.fence, question.state, next.afterMs, next.counts ? 1 : 0, next.absent ? 1 : 0],
  );
}

// For read-back by search the sender must be proven gone: it closed its attempt itself, or its session's lock is free.
const senderIsGone = `
  not exists (
    select 1 from attempts t join pg_locks l on l.locktype = 'advisory' and l.classid = ${sessionLockClass}
      and l.database = (select oid from pg_database where datname = current_database())
      and l.objid = t.owner::oid and l.objsubid = 2 and l.granted
    where t.delivery_id = d.id and t.outcome = 'lease_expired')`;

/**
 * uncertain → scheduled: proven absent, so it may be sent (again). The guard holds what the proof needs.
 * @param bySearch the platform has neither key nor handle: two absences past settling, and the sender proven gone
 * @returns false where the proof is not complete, or the row moved on
 */
export async function giveBackAbsent(
  db: Database,
  question: OpenQuestion,
  bySearch: boolean,
): Promise<boolean> {
  const { rowCount } = await db.hot.query(
    `with absent as (
       update deliveries d set state = 'scheduled', owner = null, settle_until = null, looks = 0, absences = 0,
         next_check_at = clock_timestamp(), reason_code = 'not_there', reason_text = 'It was not there: sending again'
       where d.id = $1 and d.fence = $2 and d.state = 'uncertain' and clock_timestamp() >= d.settle_until
         and clock_timestamp() <= d.due_at + d.max_lateness_ms * interval '1 ms'
         and (not $3 or (d.absences >= 1 and ${senderIsGone}))
       returning ${eventColumns}, 'uncertain' as from_state
     ), event as (${insertEvents("absent")}), rung as (select pg_notify('clarion_due', '') from absent)
     select id from absent, rung`,
    [question.id, question.fence, bySearch],
  );
  return rowCount === 1;
}

/** uncertain | processing → needs_decision, or failed where the platform refused it after all. */
export async function endQuestion(
  db: Database,
  question: OpenQuestion,
  end: { readonly state: "needs_decision" | "failed"; readonly code: string; readonly text: string },
): Promise<boolean> {
  const { rowCount } = await db.hot.query(
    `with ended as (
       update deliveries d set state = $4, reason_code = $5, reason_text = $6,
         next_check_at = case when $4 = 'needs_decision' then clock_timestamp() + interval '1 hour' end
       where d.id = $1 and d.fence = $2 and d.state = $3
       returning ${eventColumns}, $3::text as from_state
     ), event as (${insertEvents("ended")})
     select id from ended`,
    [question.id, question.fence, question.state, end.state, end.code, end.text],
  );
  return rowCount === 1;
}
