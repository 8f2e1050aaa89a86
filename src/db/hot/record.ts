import type { DeliveryState } from "../../domain/delivery.ts";
import type { Database } from "../database.ts";
import { eventColumns, insertEvents } from "./delivery-event.ts";

/** What became of one attempt, and the state that follows. Absent fields leave the row as it is. */
export interface Result {
  readonly id: string;
  readonly fence: number;
  /** Whether the intent had been written: from `sending`, else from `claimed`. */
  readonly sent: boolean;
  readonly state: DeliveryState;
  readonly externalId: string | null;
  readonly externalUrl: string | null;
  readonly handle: string | null;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  /** For `retrying`, and a platform still preparing: not before this long from now. */
  readonly waitMs: number | null;
  /** When the row is to be looked at again; null for the terminal states. */
  readonly checkAfterMs: number | null;
  /** For `uncertain`: absence is not believed before this. */
  readonly settleMs: number | null;
  /** 0 where the platform only asked us to wait. */
  readonly attemptCost: 0 | 1;
  readonly httpStatus: number | null;
  readonly outcome: string;
}

const later = (column: string) => `clock_timestamp() + ${column} * interval '1 ms'`;

// A definite no says nothing of an earlier attempt whose fate was never known: that one may still be the first copy.
const noneInDoubt = `not exists (select 1 from attempts t where t.delivery_id = d.id
  and t.outcome in ('indeterminate', 'lease_expired'))`;

// An attempt that became uncertain leaves its fence behind: nobody may record under it but as evidence.
const statement = `
  with r as (
    select * from jsonb_to_recordset($1::jsonb) as r(id text, fence bigint, sent boolean, state text, "externalId" text, "externalUrl" text,
      handle text, "reasonCode" text, "reasonText" text, "waitMs" float8, "checkAfterMs" float8, "settleMs" float8,
      "attemptCost" int, "httpStatus" int, outcome text)
  ), recorded as (
    update deliveries d set state = r.state, fence = d.fence + case when r.state = 'uncertain' then 1 else 0 end,
      external_id = coalesce(r."externalId", d.external_id), external_url = coalesce(r."externalUrl", d.external_url),
      handle = coalesce(r.handle, d.handle), reason_code = r."reasonCode", reason_text = r."reasonText",
      not_before = ${later('r."waitMs"')}, next_check_at = least(${later('r."checkAfterMs"')},
        case when r.state = 'retrying' then d.due_at + (d.max_lateness_ms + 1) * interval '1 ms' end),
      settle_until = ${later('r."settleMs"')}, attempts = d.attempts + r."attemptCost", lease_until = null,
      sent_at = case when r.state in ('retrying', 'held') and ${noneInDoubt} then null else d.sent_at end, looks = 0, absences = 0,
      published_at = case when r.state = 'published' then clock_timestamp() end
    from r where d.id = r.id and d.fence = r.fence and d.state = case when r.sent then 'sending' else 'claimed' end
    returning ${eventColumns}, case when r.sent then 'sending' else 'claimed' end as from_state
  ), attempt as (
    update attempts t set phase = 'closed', ended_at = clock_timestamp(), outcome = r.outcome, http_status = r."httpStatus",
      evidence = jsonb_strip_nulls(jsonb_build_object('externalId', r."externalId", 'handle', r.handle, 'code', r."reasonCode"))
    from r where t.delivery_id = r.id and t.fence = r.fence
  ), released as (
    update deliveries c set waits_for = null, next_check_at = clock_timestamp()
    from recorded where c.waits_for = recorded.id and recorded.state = 'published'
    returning c.id
  ), event as (${insertEvents("recorded")})
  select id, (select pg_notify('clarion_due', '') from (select 1 from released limit 1) n) from recorded`;

/**
 * claimed | sending → what the outcome says, the attempt closed, the next part of a chain released: one transaction.
 * @returns per result whether it was recorded; false means somebody else holds the row now
 */
export async function record(db: Database, results: readonly Result[]): Promise<boolean[]> {
  const { rows } = await db.hot.query<{ id: string }>({
    name: "record",
    text: statement,
    values: [JSON.stringify(results)],
  });
  const recorded = new Set(rows.map((row) => row.id));
  return results.map((result) => recorded.delete(result.id));
}
