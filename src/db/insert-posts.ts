import type { Platform } from "../domain/platform.ts";
import type { Variant } from "../domain/post.ts";
import { Refusal } from "../domain/refusal.ts";
import { defaultMaxLatenessMs, defaultTimings } from "../domain/timings.ts";
import { batched } from "./batched.ts";
import type { Database } from "./database.ts";

export interface NewPost {
  readonly id: string;
  /** As the author gave it. */
  readonly content: object;
  readonly text: string;
  readonly dueAt: Date | null;
  readonly wallTime: string | null;
  readonly zone: string | null;
  readonly timeChoice: "earlier" | "later" | null;
}

export interface NewVariant {
  readonly id: string;
  readonly postId: string;
  readonly content: Variant;
  readonly payloadHash: string;
}

export interface NewDelivery {
  readonly id: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: Platform;
  readonly variantId: string;
  readonly payloadHash: string;
  readonly dueAt: Date;
  readonly state: "scheduled" | "held";
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly part: number;
  /** The part before it, which is to be published first. */
  readonly afterId: string | null;
  /** How long before the moment something is to be made at the platform; null: nothing is. */
  readonly prepareAheadMs: number | null;
}

export interface PostRows {
  readonly post: NewPost;
  readonly variants: readonly NewVariant[];
  readonly deliveries: readonly NewDelivery[];
  readonly mediaIds: readonly string[];
}

const { lookAheadMs } = defaultTimings;
const heldCheck = "interval '1 hour'";

/** The variants and deliveries of posts, their first events, and the bell for what falls due soon. Parameters $1 … $3. */
export const insertChains = `
  new_variants as (
    insert into variants (id, workspace_id, post_id, content, payload_hash)
    select id, $1, "postId", content, "payloadHash"
    from jsonb_to_recordset($2::jsonb) as v(id text, "postId" text, content jsonb, "payloadHash" text)
  ), new_deliveries as (
    insert into deliveries (id, workspace_id, post_id, account_id, platform, variant_id, payload_hash, due_at, max_lateness_ms,
      state, reason_code, reason_text, part, after_id, waits_for, next_check_at, prepare_at)
    select id, $1, "postId", "accountId", platform, "variantId", "payloadHash", "dueAt", ${defaultMaxLatenessMs},
      state, "reasonCode", "reasonText", part, "afterId", "afterId",
      case when state = 'held' then clock_timestamp() + ${heldCheck}
        when "afterId" is not null then "dueAt" + ${defaultMaxLatenessMs} * interval '1 ms'
        else greatest(clock_timestamp(), "dueAt" - ${lookAheadMs} * interval '1 ms') end,
      case when "prepareAheadMs" is not null and state = 'scheduled'
        then greatest(clock_timestamp(), "dueAt" - "prepareAheadMs" * interval '1 ms') end
    from jsonb_to_recordset($3::jsonb) as d(id text, "postId" text, "accountId" text, platform text, "variantId" text,
      "payloadHash" text, "dueAt" timestamptz, state text, "reasonCode" text, "reasonText" text, part smallint,
      "afterId" text, "prepareAheadMs" float8)
    returning id, workspace_id, post_id, account_id, state, fence, reason_code, next_check_at, due_at, waits_for
  ), new_events as (
    insert into delivery_events (workspace_id, type, delivery_id, post_id, account_id, fence, reason_code)
    select workspace_id, 'delivery.' || state, id, post_id, account_id, fence, reason_code from new_deliveries
  ), rung as (
    select pg_notify('clarion_due', '') from (
      select 1 from new_deliveries where state = 'scheduled' and waits_for is null
        and due_at <= clock_timestamp() + ${lookAheadMs} * interval '1 ms' limit 1) soon
  )`;

const statement = `
  with new_posts as (
    insert into posts (id, workspace_id, content, text, due_at, wall_time, zone, time_choice)
    select id, $1, content, text, "dueAt", "wallTime", zone, "timeChoice"
    from jsonb_to_recordset($4::jsonb) as p(id text, content jsonb, text text, "dueAt" timestamptz, "wallTime" text,
      zone text, "timeChoice" text)
    returning id
  ), created as (
    insert into delivery_events (workspace_id, type, post_id) select $1, 'post.created', id from new_posts
  ), used_media as (
    insert into post_media (workspace_id, post_id, media_id, position)
    select $1, "postId", "mediaId", position
    from jsonb_to_recordset($5::jsonb) as m("postId" text, "mediaId" text, position smallint)
  ), ${insertChains}
  select now() as "createdAt", (select count(*) from rung) as rung,
    (select coalesce(json_object_agg(id, next_check_at), '{}') from new_deliveries) as checks`;

/** What only the database knows of new rows: when they were made, and when each delivery is looked at first. */
export interface StoredPosts {
  readonly createdAt: Date;
  readonly checks: Readonly<Record<string, string>>;
}

/**
 * Stores one new post with all that hangs below it; what others store in the same moment shares the statement.
 * @throws Refusal `unknown_media` where a file was deleted this very moment
 */
export async function insertPost(db: Database, workspaceId: string, row: PostRows): Promise<StoredPosts> {
  const stored = await insertTogether(db, workspaceId, row);
  if (stored instanceof Refusal) throw stored;
  return stored;
}

const insertTogether = batched<PostRows, StoredPosts | Refusal>(async (db, workspaceId, rows) => {
  const stored = await insertPosts(db, workspaceId, rows).catch(asRefusal);
  if (!(stored instanceof Refusal) || rows.length === 1) return rows.map(() => stored);
  // One of them lost a file, and took the others down with it: each by itself.
  return Promise.all(rows.map((row) => insertPosts(db, workspaceId, [row]).catch(asRefusal)));
});

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/**
 * Stores new posts with all that hangs below them: one statement, so all of it or nothing.
 * @throws Refusal `unknown_media` where a file was deleted this very moment
 */
export async function insertPosts(
  db: Database,
  workspaceId: string,
  rows: readonly PostRows[],
): Promise<StoredPosts> {
  const media = rows.flatMap(({ post, mediaIds }) =>
    mediaIds.map((mediaId, position) => ({ postId: post.id, mediaId, position })),
  );
  const values = [
    workspaceId,
    JSON.stringify(rows.flatMap((row) => row.variants)),
    JSON.stringify(rows.flatMap((row) => row.deliveries)),
    JSON.stringify(rows.map((row) => row.post)),
    JSON.stringify(media),
  ];
  const stored = await db.pool
    .query<StoredPosts>({ name: "insert-posts", text: statement, values })
    .catch(refuseGoneMedia);
  return stored.rows[0] as StoredPosts;
}

export function refuseGoneMedia(error: { readonly code?: string; readonly constraint?: string }): never {
  if (error.code === "23503" && error.constraint?.startsWith("post_media"))
    throw new Refusal("unknown_media", "A file of this post was deleted just now.");
  throw error;
}
