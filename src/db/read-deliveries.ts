import type { DeliveryState } from "../domain/delivery.ts";
import type { Platform } from "../domain/platform.ts";
import type { Variant } from "../domain/post.ts";
import type { Database } from "./database.ts";
import { where } from "./where.ts";

export interface DeliveryRow {
  readonly id: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: Platform;
  readonly part: number;
  readonly state: DeliveryState;
  readonly dueAt: Date;
  readonly externalId: string | null;
  readonly externalUrl: string | null;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly attempts: number;
  readonly nextCheckAt: Date | null;
  readonly publishedAt: Date | null;
}

export interface ListedDelivery extends DeliveryRow {
  /** `dueAt` in microseconds since 1970, for the cursor: a `Date` would round it. */
  readonly sortKey: string;
}

export interface WholeDelivery extends DeliveryRow {
  readonly variant: Variant;
  readonly attemptList: readonly AttemptRow[];
  readonly eventList: readonly EventRow[];
}

/** As `json_build_object` gives it: instants are ISO 8601 text. */
export interface AttemptRow {
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: string | null;
  readonly httpStatus: number | null;
}

export interface EventRow {
  readonly type: string;
  readonly from: string | null;
  readonly reasonCode: string | null;
  readonly at: string;
}

export interface DeliveryFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly state?: DeliveryState | undefined;
  readonly accountId?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly before?: { readonly sortKey: string; readonly id: string } | undefined;
  readonly limit: number;
}

const columns = `
  d.id, d.post_id as "postId", d.account_id as "accountId", d.platform, d.part, d.state, d.due_at as "dueAt",
  d.external_id as "externalId", d.external_url as "externalUrl", d.reason_code as "reasonCode", d.reason_text as "reasonText",
  d.attempts, d.next_check_at as "nextCheckAt", d.published_at as "publishedAt"`;

/** With its content, every try and every transition, oldest first. */
export async function findDelivery(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<WholeDelivery | undefined> {
  const { rows } = await db.pool.query<WholeDelivery>(
    `select ${columns}, v.content as variant,
       coalesce((select json_agg(json_build_object('startedAt', started_at, 'endedAt', ended_at, 'outcome', outcome,
         'httpStatus', http_status) order by fence) from attempts where delivery_id = d.id), '[]') as "attemptList",
       coalesce((select json_agg(json_build_object('type', type, 'from', from_state, 'reasonCode', reason_code, 'at', at)
         order by e.id) from delivery_events e where e.delivery_id = d.id), '[]') as "eventList"
     from deliveries d join variants v on v.id = d.variant_id where d.workspace_id = $1 and d.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** By due time, latest first. */
export async function findDeliveries(
  db: Database,
  workspaceId: string,
  filter: DeliveryFilter,
): Promise<ListedDelivery[]> {
  const { from, to, state, accountId, platform, before, limit } = filter;
  const match = where()
    .and("d.workspace_id = ?", workspaceId)
    .and("d.due_at >= ?", from)
    .and("d.due_at < ?", to)
    .and("d.state = ?", state)
    .and("d.account_id = ?", accountId)
    .and("d.platform = ?", platform)
    .and(
      "(d.due_at, d.id) < (timestamptz 'epoch' + ?::bigint * interval '1 microsecond', ?)",
      before?.sortKey,
      before?.id,
    );
  const { rows } = await db.pool.query<ListedDelivery>(
    `select ${columns}, (extract(epoch from d.due_at) * 1000000)::bigint::text as "sortKey" from deliveries d where ${match.sql}
     order by d.due_at desc, d.id desc limit ${Number(limit)}`,
    [...match.values],
  );
  return rows;
}
