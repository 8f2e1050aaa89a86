import type { Platform } from "../domain/platform.ts";
import type { Database } from "./database.ts";
import type { AccountState } from "./pauses.ts";
import { where } from "./where.ts";

export type AccountMode = "live" | "practice";

/** One identity on a platform; two rows with the same one are never both linked. */
export interface AccountIdentity {
  readonly workspaceId: string;
  readonly platform: Platform;
  readonly mode: AccountMode;
  readonly externalId: string;
  readonly baseUrl: string | null;
}

export interface AccountRow extends AccountIdentity {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly state: AccountState;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  /** Of its credentials. */
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
  readonly lastSuccessAt: Date | null;
}

export interface AccountFilter {
  readonly platform?: Platform | undefined;
  /** Absent: all that are linked. */
  readonly state?: AccountState | undefined;
  /** The id of the last account of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

const select = `
  select a.id, a.workspace_id as "workspaceId", a.platform, a.mode, a.external_id as "externalId", a.handle, a.name,
    a.base_url as "baseUrl", a.scopes, a.state, a.reason_code as "reasonCode", a.reason_text as "reasonText",
    g.expires_at as "expiresAt", a.created_at as "createdAt", (
      select max(d.published_at) from deliveries d where d.account_id = a.id and d.workspace_id = a.workspace_id
        and d.external_id is not null) as "lastSuccessAt"
  from accounts a left join grants g on g.id = a.grant_id`;

export async function findAccount(
  db: Database,
  workspaceId: string,
  id: string,
): Promise<AccountRow | undefined> {
  const { rows } = await db.pool.query<AccountRow>({
    name: "find-account",
    text: `${select} where a.workspace_id = $1 and a.id = $2`,
    values: [workspaceId, id],
  });
  return rows[0];
}

/** Oldest first. */
export async function findAccounts(
  db: Database,
  workspaceId: string,
  { platform, state, after, limit }: AccountFilter,
): Promise<AccountRow[]> {
  const match = where()
    .and("a.workspace_id = ?", workspaceId)
    .and("a.platform = ?", platform)
    .and("a.id > ?", after);
  const states =
    state === undefined ? match.and("a.state <> ?", "disconnected") : match.and("a.state = ?", state);
  const { rows } = await db.pool.query<AccountRow>(
    `${select} where ${states.sql} order by a.id limit ${Number(limit)}`,
    [...states.values],
  );
  return rows;
}

/** Which platforms this workspace has a live account on. */
export async function findLivePlatforms(db: Database, workspaceId: string): Promise<Platform[]> {
  const { rows } = await db.pool.query<{ platform: Platform }>(
    `select distinct platform from accounts where workspace_id = $1 and mode = 'live' and state <> 'disconnected'`,
    [workspaceId],
  );
  return rows.map((row) => row.platform);
}

/** @returns false where there is no such account */
export async function renameAccount(
  db: Database,
  workspaceId: string,
  id: string,
  name: string,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    "update accounts set name = $3, updated_at = now() where workspace_id = $1 and id = $2",
    [workspaceId, id, name],
  );
  return rowCount === 1;
}
