import type { Platform } from "../domain/platform.ts";
import type { AccountMode } from "./accounts.ts";
import type { Database } from "./database.ts";
import type { SealedColumns } from "./grants.ts";

/** A login that is ours to renew until the lease runs out. */
export interface Renewal extends SealedColumns {
  readonly grantId: string;
  readonly workspaceId: string;
  readonly version: string;
  readonly expiresAt: Date | null;
  /** Of its accounts. */
  readonly platform: Platform;
  readonly mode: AccountMode;
  readonly baseUrl: string | null;
  readonly scopes: readonly string[];
}

const leaseSeconds = 60;

/**
 * Takes a login for renewal, as long as it is still the version that was seen: of two that come at once one gets it.
 * @param notSinceMs one renewed since then is left alone
 * @returns undefined where somebody else is at it, or it was renewed meanwhile
 */
export async function takeRenewal(
  db: Database,
  { workspaceId, grantId, version }: { workspaceId: string; grantId: string; version: string },
  notSinceMs: number,
): Promise<Renewal | undefined> {
  const { rows } = await db.pool.query<Renewal>(
    `with taken as (
       update grants set renewing_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
       where workspace_id = $1 and id = $2 and version = $3 and key_id <> ''
         and (renewing_until is null or renewing_until < clock_timestamp())
         and (renewed_at is null or renewed_at < clock_timestamp() - $4 * interval '1 ms')
       returning *
     )
     select t.id as "grantId", t.workspace_id as "workspaceId", t.version, t.expires_at as "expiresAt", t.key_id as "keyId",
       t.wrapped_key as "wrappedKey", t.sealed, a.platform, a.mode, a.base_url as "baseUrl", a.scopes
     from taken t join lateral (
       select * from accounts where grant_id = t.id and state <> 'disconnected' order by id limit 1) a on true`,
    [workspaceId, grantId, version, notSinceMs],
  );
  return rows[0];
}

/** Whether a login is being renewed, and which version there is by now; the one that was seen where there is none. */
export async function findRenewal(
  db: Database,
  { workspaceId, grantId, version: seen }: { workspaceId: string; grantId: string; version: string },
): Promise<{ readonly version: string; readonly isRenewing: boolean }> {
  const { rows } = await db.pool.query<{ version: string; isRenewing: boolean }>(
    `select version, coalesce(renewing_until > clock_timestamp(), false) as "isRenewing" from grants
     where workspace_id = $1 and id = $2`,
    [workspaceId, grantId],
  );
  return rows[0] ?? { version: seen, isRenewing: false };
}

/** Puts the fresh tokens in the place of those that were taken. @returns false where a person connected it anew meanwhile */
export async function saveRenewal(
  db: Database,
  { grantId, workspaceId, version }: Renewal,
  fresh: SealedColumns & { readonly version: string; readonly expiresAt: Date | null },
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update grants set key_id = $4, wrapped_key = $5, sealed = $6, version = $7, expires_at = $8, renewing_until = null,
       renewed_at = clock_timestamp(), checked_at = clock_timestamp(), warned_at = null
     where workspace_id = $1 and id = $2 and version = $3`,
    [
      ...[workspaceId, grantId, version, fresh.keyId, fresh.wrappedKey, fresh.sealed],
      ...[fresh.version, fresh.expiresAt],
    ],
  );
  return rowCount === 1;
}

/** Lets go of a login that could not be renewed now. */
export async function endRenewal(db: Database, { grantId, workspaceId, version }: Renewal): Promise<void> {
  await db.pool.query(
    "update grants set renewing_until = null where workspace_id = $1 and id = $2 and version = $3",
    [workspaceId, grantId, version],
  );
}

export interface LoginAccount {
  readonly id: string;
  readonly externalId: string;
  readonly handle: string;
  readonly state: string;
  readonly reasonCode: string | null;
}

/** Every account that this login speaks for. */
export async function accountsOf(
  db: Database,
  { workspaceId, grantId }: { workspaceId: string; grantId: string },
): Promise<readonly LoginAccount[]> {
  const { rows } = await db.pool.query<LoginAccount>(
    `select id, external_id as "externalId", handle, state, reason_code as "reasonCode" from accounts
     where workspace_id = $1 and grant_id = $2 and state <> 'disconnected'`,
    [workspaceId, grantId],
  );
  return rows;
}
