import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";

/** How many posts a platform takes, and over what time. */
export interface PacedBudget {
  readonly platform: Platform;
  readonly scope: "account" | "app";
  readonly max: number;
  readonly windowMs: number;
  /** Counted per calendar day in this zone instead. */
  readonly dayIn: string | null;
  /** For the author: whose budget it is, without the time it goes on. */
  readonly words: string;
}

// Only what the next ring would ring for starts this; what else stands in the same window is counted, sent or planned. The
// post `max` places before ours must be a whole window away, or ours waits until it is. An app's budget is shared by all
// accounts of one platform and mode; those of the practice network have one of their own.
const statement = `
  with budget as (
    select * from jsonb_to_recordset($1::jsonb)
      as b(platform text, scope text, max int, "windowMs" float8, "dayIn" text, words text)
  ), soon as (
    select distinct d.account_id, d.platform, a.mode from deliveries d join accounts a on a.id = d.account_id
    where d.next_check_at <= clock_timestamp() and d.state in ('scheduled', 'retrying') and d.waits_for is null
      and exists (select from budget b where b.platform = d.platform)
  ), counted as (
    select b.scope, b.max, b."windowMs", b."dayIn", b.words, soon.account_id as owner, soon.account_id
    from soon join budget b on b.platform = soon.platform and b.scope = 'account'
    union
    select b.scope, b.max, b."windowMs", b."dayIn", b.words, soon.platform || ' ' || soon.mode, a.id
    from soon join budget b on b.platform = soon.platform and b.scope = 'app'
      join accounts a on a.platform = soon.platform and a.mode = soon.mode
  ), standing as (
    select c.*, d.id, d.state, d.next_check_at, d.waits_for,
      coalesce(d.sent_at, d.published_at, greatest(d.due_at, d.not_before,
        case when d.state in ('scheduled', 'retrying') then clock_timestamp() end)) as moment
    from counted c join deliveries d on d.account_id = c.account_id
    where d.due_at > clock_timestamp() - greatest(c."windowMs", 86400000) * interval '1 ms' - interval '1 hour'
      and d.due_at <= clock_timestamp() + $2 * interval '1 ms'
      and (d.state in ('scheduled', 'retrying', 'claimed', 'sending') or d.sent_at is not null or d.published_at is not null)
  ), placed as (
    select s.*, lag(moment, max) over (partition by owner, scope, max, "windowMs", "dayIn" order by moment, id) as before,
      row_number() over (partition by owner, scope, max, "windowMs", "dayIn",
        date_trunc('day', moment at time zone coalesce("dayIn", 'UTC')) order by moment, id) as of_day
    from standing s
  ), beyond as (
    select distinct on (id) id, words, case when "dayIn" is null then before + "windowMs" * interval '1 ms'
      else (date_trunc('day', moment at time zone "dayIn") + interval '1 day') at time zone "dayIn" end as until
    from placed
    where state in ('scheduled', 'retrying') and next_check_at <= clock_timestamp() and waits_for is null
      and case when "dayIn" is null then before + "windowMs" * interval '1 ms' > moment else of_day > max end
    order by id, until desc
  )
  update deliveries d set not_before = beyond.until, reason_code = 'budget',
    reason_text = beyond.words || ' It goes out at ' || to_char(beyond.until at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC',
    next_check_at = least(beyond.until - $2 * interval '1 ms', d.due_at + (d.max_lateness_ms + 1) * interval '1 ms')
  from beyond where d.id = beyond.id and d.state in ('scheduled', 'retrying') and beyond.until > clock_timestamp()`;

/**
 * Moves what is about to go out beyond its platform's budget to the moment there is room again, and says so.
 * @param lookAheadMs what the next ring would put into the queue
 * @returns how many
 */
export async function pace(
  db: Database,
  budgets: readonly PacedBudget[],
  lookAheadMs: number,
): Promise<number> {
  const { rowCount } = await db.hot.query({
    name: "pace",
    text: statement,
    values: [JSON.stringify(budgets), lookAheadMs],
  });
  return rowCount ?? 0;
}
