import { newId } from "../domain/ids.ts";
import { isFeed } from "../domain/link/link.ts";
import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";
import type { ClaimedAccount } from "./hot/claim.ts";

/** A source that is ours to read until its lease runs out. */
export interface TakenSource {
  readonly id: string;
  readonly workspaceId: string;
  readonly fence: number;
  /** Exactly one of these two. */
  readonly feed: string | null;
  readonly account: (ClaimedAccount & { readonly platform: Platform }) | null;
  /** What is older is not shared by any link. */
  readonly since: Date;
  readonly readAt: Date | null;
  readonly failures: number;
  /** A person is asked about what it showed. */
  readonly heldAt: Date | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Begins to read accounts and feeds, or does it at once where that was begun before. */
export async function watchSources(
  db: Database,
  workspaceId: string,
  places: readonly string[],
): Promise<void> {
  // In one order, whoever else does this at the same time.
  const rows = [...places].sort().map((place) => ({
    id: newId("src"),
    accountId: isFeed(place) ? null : place,
    feed: isFeed(place) ? place : null,
  }));
  for (const key of ["accountId", "feed"] as const)
    await db.pool.query(
      `insert into sources (id, workspace_id, account_id, feed)
       select id, $1, "accountId", feed from jsonb_to_recordset($2::jsonb) as s(id text, "accountId" text, feed text)
       on conflict (workspace_id, ${key === "feed" ? "feed" : "account_id"}) do update set next_read_at = now()`,
      [workspaceId, JSON.stringify(rows.filter((row) => row[key] !== null))],
    );
}

/** The links that share what is posted at source `s`: none, and nobody reads it. */
export const sharingLinks = `links l where l.workspace_id = s.workspace_id and l.state = 'active' and l.mirror
  and (l.source_id = s.account_id or l.feed = s.feed or l.both_ways and exists (
    select 1 from link_targets t where t.link_id = l.id and t.account_id = s.account_id))`;

const sharesSince = `greatest(l.mirrors_since, (
  select t.mirrors_since from link_targets t where t.link_id = l.id and t.account_id = s.account_id))`;

/** A minute late, for a link that begins at this moment is not seen here yet, and has just made its source due. */
const idle = `update sources set next_read_at = clock_timestamp() + interval '10 minutes' where id in (
  select s.id from sources s where s.next_read_at < now() - interval '1 minute'
    and not exists (select 1 from ${sharingLinks}) limit 100 for update skip locked)`;

/** The account of a source, from aliases `a` and `g`. */
export const sourceAccount = `json_build_object('id', a.id, 'platform', a.platform, 'externalId', a.external_id,
  'handle', a.handle, 'mode', a.mode, 'baseUrl', a.base_url, 'grantId', a.grant_id, 'grantVersion', g.version,
  'grantExpiresAt', g.expires_at)`;

/**
 * Takes what is to be read now. What no link shares any more rests, so that nobody looks at it each second.
 * @param options.platforms whose accounts this process reads
 * @param options.feeds whether it reads feeds
 */
export async function takeSources(
  db: Database,
  options: {
    readonly platforms: readonly Platform[];
    readonly feeds: boolean;
    readonly leaseMs: number;
    readonly limit: number;
  },
): Promise<TakenSource[]> {
  const { rows } = await db.pool.query<TakenSource>({
    name: "take-sources",
    text: `with due as (
        select s.id, w.since from sources s left join accounts a on a.id = s.account_id
        cross join lateral (select greatest(s.since, min(${sharesSince})) as since, count(*) as links from ${sharingLinks}) w
        where s.next_read_at <= now() and w.links > 0
          and (s.feed is not null and $2 or a.platform = any($1) and a.state in ('active', 'paused'))
        order by s.next_read_at limit $4 for update of s skip locked
      ), s as (
        update sources s set next_read_at = clock_timestamp() + $3 * interval '1 ms', fence = s.fence + 1,
          taken = true, rung = false
        from due where s.id = due.id returning s.*, due.since as wanted_since
      ), idle as (${idle})
      select s.id, s.workspace_id as "workspaceId", s.fence, s.feed, s.wanted_since as since, s.read_at as "readAt",
        s.failures, s.held_at as "heldAt", s.etag, s.last_modified as "lastModified",
        case when a.id is not null then ${sourceAccount} end as account
      from s left join accounts a on a.id = s.account_id left join grants g on g.id = a.grant_id`,
    values: [options.platforms, options.feeds, options.leaseMs, options.limit],
  });
  return rows;
}

/** What a reading leaves behind. */
export interface Reading {
  readonly againMs: number;
  readonly readAt: Date;
  /** Of a feed. */
  readonly title?: string | undefined;
  readonly etag?: string | null | undefined;
  readonly lastModified?: string | null | undefined;
  /** Absent: as it was. */
  readonly hub?: string | null | undefined;
  readonly topic?: string | null | undefined;
}

/** The one that knew the key is heard no more. */
const isAnotherHub = "$12 and (hub, topic) is distinct from ($9::text, $10::text)";

const rungAgainMs = 2000;

/**
 * @returns since when it is held, as a person may have decided about that during the reading; undefined where somebody
 *   else has taken it meanwhile: nothing of this reading is to be kept
 */
export async function noteReading(
  tx: Database,
  source: Pick<TakenSource, "id" | "fence">,
  reading: Reading,
): Promise<{ readonly heldAt: Date | null } | undefined> {
  const { againMs, readAt, title = null, etag, lastModified, hub, topic } = reading;
  const [isFeedRead, isHubRead] = [etag !== undefined, hub !== undefined];
  const { rows } = await tx.pool.query<{ heldAt: Date | null }>(
    `update sources set read_at = $3, failures = 0, taken = false,
       next_read_at = clock_timestamp() + case when rung then least($4::float8, $11) else $4 end * interval '1 ms',
       error_code = null, error_text = null, title = coalesce($5, title),
       etag = case when $6 then $7 else etag end, last_modified = case when $6 then $8 else last_modified end,
       hub = case when $12 then $9 else hub end, topic = case when $12 then $10 else topic end,
       push_key = case when ${isAnotherHub} then null else push_key end,
       push_until = case when ${isAnotherHub} then null else push_until end
     where id = $1 and fence = $2 returning held_at as "heldAt"`,
    [
      ...[source.id, source.fence, readAt, againMs, title, isFeedRead, etag, lastModified, hub, topic],
      ...[rungAgainMs, isHubRead],
    ],
  );
  return rows[0];
}

/** It could not be read: why, and when it is tried again. */
export async function noteReadProblem(
  db: Database,
  source: TakenSource,
  problem: { readonly code: string; readonly text: string; readonly againMs: number },
): Promise<void> {
  await db.pool.query(
    `update sources set failures = least(failures + 1, 1000), error_code = $3, error_text = $4, taken = false,
       next_read_at = clock_timestamp() + $5 * interval '1 ms'
     where id = $1 and fence = $2`,
    [source.id, source.fence, problem.code, problem.text, problem.againMs],
  );
}

/** Nothing more of it is shared until a person says so. @returns true */
export async function holdSource(tx: Database, id: string): Promise<true> {
  await tx.pool.query("update sources set held_at = coalesce(held_at, now()) where id = $1", [id]);
  return true;
}

/** How it goes with a source, for people. */
export interface SourceState {
  readonly id: string;
  /** An account's id, or a feed's address. */
  readonly place: string;
  readonly readAt: Date | null;
  readonly heldAt: Date | null;
  readonly heldItems: number;
  readonly errorCode: string | null;
  readonly errorText: string | null;
}

/** An account whose login is dead is not read, and says that. */
export async function sourceStates(
  db: Database,
  workspaceId: string,
  places: readonly string[],
): Promise<SourceState[]> {
  const { rows } = await db.pool.query<SourceState>(
    `select s.id, coalesce(s.account_id, s.feed) as place, s.read_at as "readAt", s.held_at as "heldAt",
       case when s.held_at is null then 0 else (select count(*)::int from source_items i
         where i.source_id = s.id and i.state = 'held') end as "heldItems",
       case when a.state in ('held', 'disconnected') then 'account_' || a.state else s.error_code end as "errorCode",
       case when a.state in ('held', 'disconnected') then coalesce(a.reason_text, 'The account is not connected')
         else s.error_text end as "errorText"
     from sources s left join accounts a on a.id = s.account_id
     where s.workspace_id = $1 and coalesce(s.account_id, s.feed) = any($2)`,
    [workspaceId, places],
  );
  return rows;
}

/** A feed that was never read, for whoever has read it just now. @returns undefined where it was read before */
export async function takeUnread(
  tx: Database,
  workspaceId: string,
  feed: string,
): Promise<Pick<TakenSource, "id" | "workspaceId" | "fence"> | undefined> {
  const { rows } = await tx.pool.query<Pick<TakenSource, "id" | "workspaceId" | "fence">>(
    `update sources set fence = fence + 1 where workspace_id = $1 and feed = $2 and read_at is null
     returning id, workspace_id as "workspaceId", fence`,
    [workspaceId, feed],
  );
  return rows[0];
}
