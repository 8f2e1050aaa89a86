import type { Link } from "../domain/link/link.ts";
import type { Database } from "./database.ts";

export interface LinkRow extends Link {
  readonly state: "active" | "paused";
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

type Changeable = Pick<LinkRow, "source" | "targets" | "bothWays" | "filter" | "transform" | "state">;
export type LinkChange = { readonly [K in keyof Changeable]?: Changeable[K] | undefined };

/** More would be a mistake of some script. */
const maxLinks = 1000;

const columns = `l.id, l.source_id as source, l.both_ways as "bothWays", l.filter, l.transform, l.state,
  l.created_at as "createdAt", l.updated_at as "updatedAt",
  (select coalesce(array_agg(t.account_id order by t.position), '{}') from link_targets t where t.link_id = l.id) as targets`;

const insertTargets = `insert into link_targets (workspace_id, link_id, account_id, position)
  select $1, $2, account_id, position from unnest($3::text[]) with ordinality as t(account_id, position)`;

/** @returns false where the workspace has as many as it may have */
export async function insertLink(db: Database, workspaceId: string, link: Link): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `with made as (
       insert into links (id, workspace_id, source_id, both_ways, filter, transform)
       select $2, $1, $4, $5, $6, $7 where (select count(*) from links where workspace_id = $1) < ${maxLinks}
       returning id
     ) ${insertTargets} where exists (select 1 from made)`,
    [workspaceId, link.id, link.targets, link.source, link.bothWays, json(link.filter), json(link.transform)],
  );
  return rowCount !== 0;
}

export async function listLinks(db: Database, workspaceId: string): Promise<LinkRow[]> {
  const { rows } = await db.pool.query<LinkRow>(
    `select ${columns} from links l where l.workspace_id = $1 order by l.id`,
    [workspaceId],
  );
  return rows;
}

export async function findLink(db: Database, workspaceId: string, id: string): Promise<LinkRow | undefined> {
  const { rows } = await db.pool.query<LinkRow>(
    `select ${columns} from links l where l.workspace_id = $1 and l.id = $2`,
    [workspaceId, id],
  );
  return rows[0];
}

/** What is absent stays. @param tx a transaction: its targets are replaced in a statement of their own */
export async function updateLink(
  tx: Database,
  workspaceId: string,
  id: string,
  change: LinkChange,
): Promise<boolean> {
  const { source = null, bothWays = null, state = null, targets } = change;
  const { rowCount } = await tx.pool.query(
    `update links set source_id = coalesce($3, source_id), both_ways = coalesce($4, both_ways), state = coalesce($5, state),
       filter = coalesce($6, filter), transform = coalesce($7, transform), updated_at = now()
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, source, bothWays, state, json(change.filter), json(change.transform)],
  );
  if (rowCount === 0) return false;
  if (targets) {
    await tx.pool.query("delete from link_targets where workspace_id = $1 and link_id = $2", [
      workspaceId,
      id,
    ]);
    await tx.pool.query(insertTargets, [workspaceId, id, targets]);
  }
  return true;
}

export async function deleteLink(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.pool.query("delete from links where workspace_id = $1 and id = $2", [
    workspaceId,
    id,
  ]);
  return rowCount === 1;
}

function json(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
