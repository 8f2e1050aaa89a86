import type { Platform } from "../../domain/platform.ts";
import type { Variant } from "../../domain/post.ts";
import type { Database } from "../database.ts";
import { insertEvents } from "./delivery-event.ts";

/** A delivery that is ours until its lease runs out, with all that publishing it needs. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly fence: number;
  /** The session that claimed it last; with the fence it says whose claim this is. */
  readonly owner: number | null;
  readonly dueAt: Date;
  readonly attempts: number;
  /** Of the first attempt that may have become public; null: surely none did. */
  readonly sentAt: Date | null;
  readonly payloadHash: string;
  readonly variant: Variant;
  readonly prepared: unknown;
  readonly account: ClaimedAccount;
  readonly parent: { readonly externalId: string; readonly rootExternalId: string } | null;
}

export interface ClaimedAccount {
  readonly id: string;
  readonly externalId: string;
  readonly handle: string;
  readonly mode: "live" | "practice";
  readonly baseUrl: string | null;
  readonly grantId: string;
  readonly grantVersion: string;
  /** ISO 8601; null: not known, or never. */
  readonly grantExpiresAt: string | null;
}

/** What publishing needs of a delivery; also used where one is looked at or prepared. From alias `c`. */
export const claimedColumns = `
  c.id, c.workspace_id as "workspaceId", c.platform, c.fence, c.owner, c.due_at as "dueAt", c.attempts, c.sent_at as "sentAt",
  c.payload_hash as "payloadHash", v.content as variant, c.prepared,
  json_build_object('id', a.id, 'externalId', a.external_id, 'handle', a.handle, 'mode', a.mode,
    'baseUrl', a.base_url, 'grantId', a.grant_id, 'grantVersion', g.version, 'grantExpiresAt', g.expires_at) as account,
  case when c.part > 0 then json_build_object('rootExternalId', root.external_id,
    'externalId', case when v.content->>'role' = 'comment' then root.external_id else prev.external_id end) end as parent`;

export const claimedJoins = `
  join variants v on v.id = c.variant_id
  join accounts a on a.id = c.account_id
  join grants g on g.id = a.grant_id
  left join deliveries prev on prev.id = c.after_id
  left join deliveries root on c.part > 0 and root.post_id = c.post_id and root.account_id = c.account_id and root.part = 0`;

// Only what is due by the database's clock, not held back, and not so late that it must be spaced: see claim-late.ts.
// `next_check_at` stays what the last ring made it: no index column changes, so the update stays within its page.
const statement = `
  with due as (
    select d.id, d.state from deliveries d
    join accounts a on a.id = d.account_id join workspaces w on w.id = d.workspace_id
    where d.id = any($1) and d.state in ('scheduled', 'retrying') and d.waits_for is null
      and d.due_at <= clock_timestamp() and d.due_at > clock_timestamp() - $4 * interval '1 ms'
      and (d.not_before is null or d.not_before <= clock_timestamp())
      and w.paused_at is null and a.state = 'active' and (a.cool_until is null or a.cool_until <= clock_timestamp())
    for update of d skip locked
  ), claimed as (
    update deliveries d set state = 'claimed', fence = d.fence + 1, owner = $2, reason_code = null, reason_text = null,
      lease_until = clock_timestamp() + $3 * interval '1 ms'
    from due where d.id = due.id
    returning d.*, due.state as from_state
  ), event as (${insertEvents("claimed")})
  select ${claimedColumns} from claimed c ${claimedJoins}`;

/**
 * scheduled | retrying → claimed, for every id that may go out now.
 * @returns per id the delivery, or undefined: not ours to do
 */
export async function claim(
  db: Database,
  ids: readonly string[],
  options: { readonly owner: number; readonly leaseMs: number; readonly lateAfterMs: number },
): Promise<(ClaimedDelivery | undefined)[]> {
  const { rows } = await db.hot.query<ClaimedDelivery>({
    name: "claim",
    text: statement,
    values: [ids, options.owner, options.leaseMs, options.lateAfterMs],
  });
  const claimed = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => takeOnce(claimed, id));
}

/** Two bells for one delivery may meet in one batch: only one of them gets it. */
function takeOnce(claimed: Map<string, ClaimedDelivery>, id: string): ClaimedDelivery | undefined {
  const delivery = claimed.get(id);
  claimed.delete(id);
  return delivery;
}

/** How long until these are due by the database's clock: a doorbell may ring a moment early. Unit: milliseconds. */
export async function msUntilDue(db: Database, id: string): Promise<number | undefined> {
  const { rows } = await db.hot.query<{ ms: number }>({
    name: "ms-until-due",
    text: `select ceil(extract(epoch from greatest(due_at, not_before) - clock_timestamp()) * 1000)::int as ms
           from deliveries where id = $1 and state in ('scheduled', 'retrying') and waits_for is null`,
    values: [id],
  });
  return rows[0]?.ms;
}
