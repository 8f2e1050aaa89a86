import type { Platform } from "../domain/platform.ts";
import type { AccountMode } from "./accounts.ts";
import type { Database } from "./database.ts";
import type { SealedColumns } from "./grants.ts";

/** Where an app is known. */
export interface AppPlace {
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly mode: AccountMode;
  /** A server's address; empty: the platform. */
  readonly baseUrl: string;
}

export interface AppRow extends AppPlace, SealedColumns {
  readonly id: string;
  readonly clientId: string;
  /** Null: the least that every app gets. */
  readonly scopes: readonly string[] | null;
  /** `us`: made known to the server by ourselves. */
  readonly madeBy: "workspace" | "us";
  readonly redirectUri: string | null;
  readonly createdAt: Date;
}

const columns = `id, workspace_id as "workspaceId", platform, mode, base_url as "baseUrl", client_id as "clientId", scopes,
  seal_key_id as "keyId", wrapped_key as "wrappedKey", sealed, made_by as "madeBy", redirect_uri as "redirectUri",
  created_at as "createdAt"`;

export async function findApp(db: Database, place: AppPlace): Promise<AppRow | undefined> {
  const { rows } = await db.pool.query<AppRow>(
    `select ${columns} from apps where workspace_id = $1 and platform = $2 and mode = $3 and base_url = $4`,
    [place.workspaceId, place.platform, place.mode, place.baseUrl],
  );
  return rows[0];
}

/** One that we made, by the name it goes by at servers. */
export async function findAppNamed(
  db: Database,
  { platform, clientId }: Pick<AppRow, "platform" | "clientId">,
): Promise<AppRow | undefined> {
  const { rows } = await db.pool.query<AppRow>(
    `select ${columns} from apps where platform = $1 and client_id = $2 and made_by = 'us' limit 1`,
    [platform, clientId],
  );
  return rows[0];
}

/** The apps a workspace brought itself. */
export async function listOwnApps(db: Database, workspaceId: string): Promise<AppRow[]> {
  const { rows } = await db.pool.query<AppRow>(
    `select ${columns} from apps where workspace_id = $1 and made_by = 'workspace' order by platform`,
    [workspaceId],
  );
  return rows;
}

/**
 * Stores an app, in place of the one that was known there.
 * @param replaces the one it may take the place of, by id; empty: none; absent: whichever is there
 * @returns false where another was stored meanwhile, which stays
 */
export async function putApp(
  db: Database,
  app: Omit<AppRow, "createdAt">,
  replaces?: string,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `insert into apps (id, workspace_id, platform, mode, base_url, client_id, seal_key_id, wrapped_key, sealed, made_by,
       redirect_uri, scopes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (workspace_id, platform, mode, base_url) do update set id = excluded.id, client_id = excluded.client_id,
       seal_key_id = excluded.seal_key_id, wrapped_key = excluded.wrapped_key, sealed = excluded.sealed,
       made_by = excluded.made_by, redirect_uri = excluded.redirect_uri, scopes = excluded.scopes, created_at = now()
     where $13::text is null or apps.id = $13`,
    [
      ...[app.id, app.workspaceId, app.platform, app.mode, app.baseUrl, app.clientId],
      ...[app.keyId, app.wrappedKey, app.sealed, app.madeBy, app.redirectUri, app.scopes, replaces ?? null],
    ],
  );
  return rowCount === 1;
}

/** @returns false where there is none */
export async function deleteOwnApp(db: Database, workspaceId: string, platform: Platform): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    "delete from apps where workspace_id = $1 and platform = $2 and made_by = 'workspace'",
    [workspaceId, platform],
  );
  return rowCount === 1;
}
