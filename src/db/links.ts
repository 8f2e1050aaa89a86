import { isFeed, type Link } from "../domain/link/link.ts";
import type { Database } from "./database.ts";

export interface LinkRow extends Link {
  readonly state: "active" | "paused";
  /** What was posted outside of Clarion before this is not shared. */
  readonly mirrorsSince: Date;
  /** The same for what comes back from each target, in their order: the later one counts. */
  readonly backSince: readonly (Date | null)[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

type Changeable = Omit<LinkRow, "id" | "mirrorsSince" | "backSince" | "createdAt" | "updatedAt">;
export type LinkChange = { readonly [K in keyof Changeable]?: Changeable[K] | undefined };

type Changed = Link & Pick<LinkRow, "state">;

/** More would be a mistake of some script. */
const maxLinks = 1000;

const columns = `l.id, coalesce(l.source_id, l.feed) as source, l.both_ways as "bothWays", l.filter, l.transform, l.state,
  l.mirror, l.delay_minutes as "delayMinutes", l.review, l.quiet_hours as "quietHours", l.active_from as "activeFrom",
  l.active_to as "activeTo", l.on_delete as "onDelete", l.mirrors_since as "mirrorsSince", l.created_at as "createdAt",
  l.updated_at as "updatedAt",
  t.targets, t."backSince"`;

const withTargets = `links l cross join lateral (
  select coalesce(array_agg(account_id order by position), '{}') as targets,
    coalesce(array_agg(mirrors_since order by position), '{}') as "backSince" from link_targets where link_id = l.id) t`;

const insertTargets = (
  since: "null" | "now()",
) => `insert into link_targets (workspace_id, link_id, account_id, position,
    mirrors_since)
  select $1, $2, account_id, position, ${since} from unnest($3::text[]) with ordinality as t(account_id, position)`;

/** @returns false where the workspace has as many as it may have */
export async function insertLink(db: Database, workspaceId: string, link: Link): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `with made as (
       insert into links (id, workspace_id, source_id, feed, both_ways, filter, transform, mirror, delay_minutes, review,
         quiet_hours, active_from, active_to, on_delete)
       select $2, $1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
       where (select count(*) from links where workspace_id = $1) < ${maxLinks}
       returning id
     ) ${insertTargets("null")} where exists (select 1 from made)`,
    [workspaceId, link.id, link.targets, ...valuesOf(link)],
  );
  return rowCount !== 0;
}

export async function listLinks(db: Database, workspaceId: string): Promise<LinkRow[]> {
  const { rows } = await db.pool.query<LinkRow>(
    `select ${columns} from ${withTargets} where l.workspace_id = $1 order by l.id`,
    [workspaceId],
  );
  return rows;
}

export async function findLink(db: Database, workspaceId: string, id: string): Promise<LinkRow | undefined> {
  const { rows } = await db.pool.query<LinkRow>(
    `select ${columns} from ${withTargets} where l.workspace_id = $1 and l.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/**
 * @param tx a transaction: its targets are replaced in a statement of their own
 * @param opens whether it begins to lead both ways
 */
export async function updateLink(
  tx: Database,
  workspaceId: string,
  link: Changed,
  opens: boolean,
): Promise<boolean> {
  const { rowCount } = await tx.pool.query(
    `update links set source_id = $4, feed = $5, both_ways = $6, filter = $7, transform = $8, mirror = $9,
       delay_minutes = $10, review = $11, quiet_hours = $12, active_from = $13, active_to = $14, on_delete = $15, state = $3,
       mirrors_since = case when $3 = 'active' and $9 and (state <> 'active' or not mirror
         or source_id is distinct from $4 or feed is distinct from $5) then now() else mirrors_since end,
       updated_at = now()
     where workspace_id = $1 and id = $2`,
    [workspaceId, link.id, link.state, ...valuesOf(link)],
  );
  if (rowCount === 0) return false;
  await tx.pool.query(
    "delete from link_targets where workspace_id = $1 and link_id = $2 and account_id <> all($3)",
    [workspaceId, link.id, link.targets],
  );
  await tx.pool.query(
    `${insertTargets("now()")} on conflict (link_id, account_id) do update set position = excluded.position,
       mirrors_since = case when $4 then now() else link_targets.mirrors_since end`,
    [workspaceId, link.id, link.targets, opens],
  );
  return true;
}

export async function deleteLink(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.pool.query("delete from links where workspace_id = $1 and id = $2", [
    workspaceId,
    id,
  ]);
  return rowCount === 1;
}

/** From the source on, in the order of both statements. */
function valuesOf(link: Link): readonly unknown[] {
  return [
    ...placeOf(link.source),
    link.bothWays,
    json(link.filter),
    json(link.transform),
    link.mirror,
    link.delayMinutes,
    link.review,
    json(link.quietHours),
    link.activeFrom,
    link.activeTo,
    link.onDelete,
  ];
}

/** An account and no feed, or the other way round. */
function placeOf(source: string): readonly [accountId: string | null, feed: string | null] {
  return isFeed(source) ? [null, source] : [source, null];
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
