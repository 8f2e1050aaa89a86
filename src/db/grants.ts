import { randomUUID } from "node:crypto";
import type { Database } from "./database.ts";

/** Credentials as they lie in the database: sealed. */
export interface SealedColumns {
  readonly keyId: string;
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
}

export interface GrantRow extends SealedColumns {
  readonly id: string;
  readonly workspaceId: string;
  readonly version: string;
}

/** Stores a grant, or puts new credentials in its place; whoever holds the old ones sees another version. */
export async function putGrant(
  db: Database,
  grant: SealedColumns & {
    readonly id: string;
    readonly workspaceId: string;
    readonly expiresAt: Date | null;
  },
): Promise<void> {
  await db.pool.query({
    name: "put-grant",
    text: `insert into grants (id, workspace_id, key_id, wrapped_key, sealed, version, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (id) do update set key_id = excluded.key_id, wrapped_key = excluded.wrapped_key,
             sealed = excluded.sealed, version = excluded.version, expires_at = excluded.expires_at, warned_at = null
           where grants.workspace_id = excluded.workspace_id`,
    values: [
      grant.id,
      grant.workspaceId,
      grant.keyId,
      grant.wrappedKey,
      grant.sealed,
      randomUUID(),
      grant.expiresAt,
    ],
  });
}

/** The grants that are there, in any order. One query for a whole burst. */
export async function findGrants(
  db: Database,
  wanted: readonly { readonly workspaceId: string; readonly grantId: string }[],
): Promise<GrantRow[]> {
  const { rows } = await db.pool.query<GrantRow>({
    name: "find-grants",
    text: `select g.id, g.workspace_id as "workspaceId", g.version, g.key_id as "keyId",
             g.wrapped_key as "wrappedKey", g.sealed
           from unnest($1::text[], $2::text[]) as w(workspace_id, id)
           join grants g on g.id = w.id and g.workspace_id = w.workspace_id`,
    values: [wanted.map((w) => w.workspaceId), wanted.map((w) => w.grantId)],
  });
  return rows;
}

/** The login an account is linked by. */
export async function findGrantOf(
  db: Database,
  workspaceId: string,
  accountId: string,
): Promise<{ readonly id: string; readonly version: string; readonly expiresAt: Date | null } | undefined> {
  const { rows } = await db.pool.query<{ id: string; version: string; expiresAt: Date | null }>(
    `select g.id, g.version, g.expires_at as "expiresAt" from grants g join accounts a on a.grant_id = g.id
     where a.workspace_id = $1 and a.id = $2`,
    [workspaceId, accountId],
  );
  return rows[0];
}

/**
 * Nothing can be read from it any more. The row stays, for what is still open joins it.
 * @returns what it held; undefined where other linked accounts share it, which keeps it
 */
export async function wipeGrant(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<SealedColumns | undefined> {
  const { rows } = await db.pool.query<SealedColumns>(
    `with old as (select id, key_id, wrapped_key, sealed from grants where workspace_id = $1 and id = $2 for update)
     update grants g set key_id = '', wrapped_key = '', sealed = '', version = $3, expires_at = null
     from old where g.id = old.id and not exists (
       select from accounts a where a.grant_id = g.id and a.workspace_id = $1 and a.state <> 'disconnected')
     returning old.key_id as "keyId", old.wrapped_key as "wrappedKey", old.sealed`,
    [workspaceId, id, randomUUID()],
  );
  return rows[0];
}

/** How many grants were sealed under another key than these. */
export async function countForeignGrants(db: Database, keyIds: readonly string[]): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    "select count(*) as count from grants where key_id <> all($1) and key_id <> ''",
    [keyIds],
  );
  return rows[0]?.count ?? 0;
}
