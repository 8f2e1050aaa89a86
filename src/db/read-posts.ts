import type { DeliveryState } from "../domain/delivery.ts";
import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";
import { where } from "./where.ts";

export interface PostRow {
  readonly id: string;
  readonly content: unknown;
  readonly dueAt: Date | null;
  readonly wallTime: string | null;
  readonly zone: string | null;
  readonly timeChoice: "earlier" | "later" | null;
  readonly canceledAt: Date | null;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly state: string;
  /** By account, then by their place in the chain. */
  readonly deliveries: readonly PostDeliveryRow[];
}

/** As `json_build_object` gives it: instants are ISO 8601 text. */
export interface PostDeliveryRow {
  readonly id: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: Platform;
  readonly part: number;
  readonly state: DeliveryState;
  readonly dueAt: string;
  readonly externalId: string | null;
  readonly externalUrl: string | null;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly attempts: number;
  readonly nextCheckAt: string | null;
  readonly publishedAt: string | null;
}

export interface PostFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly state?: string | undefined;
  readonly accountId?: string | undefined;
  readonly platform?: Platform | undefined;
  /** Part of the text, in any case. */
  readonly q?: string | undefined;
  /** The id of the last post of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

const columns = `
  p.id, p.content, p.due_at as "dueAt", p.wall_time as "wallTime", p.zone, p.time_choice as "timeChoice",
  p.canceled_at as "canceledAt", p.revision, p.created_at as "createdAt", p.updated_at as "updatedAt",
  post_state(coalesce(d.states, '{}'), p.canceled_at is not null) as state, coalesce(d.list, '[]') as deliveries`;

const withDeliveries = `
  posts p left join lateral (
    select array_agg(state) as states, json_agg(json_build_object('id', id, 'postId', post_id, 'accountId', account_id,
      'platform', platform, 'part', part, 'state', state, 'dueAt', due_at, 'externalId', external_id,
      'externalUrl', external_url, 'reasonCode', reason_code, 'reasonText', reason_text, 'attempts', attempts,
      'nextCheckAt', next_check_at, 'publishedAt', published_at) order by account_id, part) as list
    from deliveries where post_id = p.id
  ) d on true`;

export async function findPost(db: Database, workspaceId: string, id: string): Promise<PostRow | undefined> {
  const { rows } = await db.pool.query<PostRow>({
    name: "find-post",
    text: `select ${columns} from ${withDeliveries} where p.workspace_id = $1 and p.id = $2 and p.deleted_at is null`,
    values: [workspaceId, id],
  });
  return rows[0];
}

/** Newest first. */
export async function findPosts(db: Database, workspaceId: string, filter: PostFilter): Promise<PostRow[]> {
  const { from, to, state, accountId, platform, q, before, limit } = filter;
  const match = where()
    .and("p.workspace_id = ? and p.deleted_at is null", workspaceId)
    .and("p.due_at >= ?", from)
    .and("p.due_at < ?", to)
    .and("p.id < ?", before)
    .and("p.text ilike ?", q === undefined ? undefined : `%${q.replaceAll(/[\\%_]/g, "\\$&")}%`)
    .and("p.content->'accounts' @> to_jsonb(?::text)", accountId)
    .and("exists (select 1 from deliveries where post_id = p.id and platform = ?)", platform)
    .and("post_state(coalesce(d.states, '{}'), p.canceled_at is not null) = ?", state);
  const { rows } = await db.pool.query<PostRow>(
    `select ${columns} from ${withDeliveries} where ${match.sql} order by p.id desc limit ${Number(limit)}`,
    [...match.values],
  );
  return rows;
}
