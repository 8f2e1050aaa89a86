import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";

/** A delivery that falls due soon: what the queue needs to ring for it. */
export interface DueSoon {
  readonly id: string;
  readonly platform: Platform;
  readonly fence: number;
  /** By the database's clock, rounded up: never early. */
  readonly delayMs: number;
}

// What is too late is missed: see overtake.ts. An account that cools is looked at every minute all the same: it may be held
// meanwhile, or its posts be overtaken by time. The commit does not wait for the disk: what a crash takes is rung again.
const statement = `
  with due as (
    select d.id, greatest(d.due_at, d.not_before, a.cool_until) as moment, greatest(clock_timestamp(), d.due_at, d.not_before) as ready,
      a.cool_until > greatest(clock_timestamp(), d.due_at, d.not_before) as cools
    from deliveries d join accounts a on a.id = d.account_id
    where d.next_check_at <= clock_timestamp() and d.state in ('scheduled', 'retrying') and d.waits_for is null
      and clock_timestamp() <= d.due_at + d.max_lateness_ms * interval '1 ms'
    order by d.next_check_at limit $1 for update of d skip locked
  ), rung as (
    update deliveries d set next_check_at = $2 * interval '1 ms'
        + case when cools then least(due.moment, due.ready + interval '1 min') else due.ready end,
      reason_code = case when cools then 'rate_limited' else d.reason_code end,
      reason_text = case when cools then 'The platform asked this account to slow down: it goes on when it may' else d.reason_text end
    from due where d.id = due.id
    returning d.id, d.platform, d.fence,
      greatest(0, ceil(extract(epoch from due.moment - clock_timestamp()) * 1000))::float8 as "delayMs"
  ), quick as materialized (select set_config('synchronous_commit', 'off', true))
  select rung.* from rung cross join quick`;

/**
 * What is to be put into the queue now: it falls due within the look-ahead, or was due and is still unsent.
 * @param reringMs how long after its moment the bell is rung again
 */
export async function takeDueSoon(db: Database, reringMs: number, limit: number): Promise<DueSoon[]> {
  const { rows } = await db.hot.query<DueSoon>({ name: "ring", text: statement, values: [limit, reringMs] });
  return rows;
}
