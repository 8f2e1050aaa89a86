import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";
import { forgettable } from "./forgettable.ts";

/** A delivery that falls due soon: what the queue needs to ring for it. */
export interface DueSoon {
  readonly id: string;
  readonly platform: Platform;
  readonly fence: number;
  /** By the database's clock, rounded up: never early. */
  readonly delayMs: number;
}

const statement = `
  with due as (
    select id, greatest(due_at, not_before) as moment from deliveries
    where next_check_at <= clock_timestamp() and state in ('scheduled', 'retrying') and waits_for is null
      and clock_timestamp() <= due_at + max_lateness_ms * interval '1 ms' -- else it is missed: see overtake.ts
    order by next_check_at limit $1 for update skip locked
  ), rung as (
    update deliveries d set next_check_at = greatest(due.moment, clock_timestamp()) + $2 * interval '1 ms'
    from due where d.id = due.id
    returning d.id, d.platform, d.fence,
      greatest(0, ceil(extract(epoch from due.moment - clock_timestamp()) * 1000))::float8 as "delayMs"
  ), ${forgettable}
  select rung.* from rung cross join forgettable`;

/**
 * What is to be put into the queue now: it falls due within the look-ahead, or was due and is still unsent.
 * @param reringMs how long after its moment the bell is rung again
 */
export async function takeDueSoon(db: Database, reringMs: number, limit: number): Promise<DueSoon[]> {
  const { rows } = await db.hot.query<DueSoon>({ name: "ring", text: statement, values: [limit, reringMs] });
  return rows;
}
