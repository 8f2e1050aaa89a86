import type { AccountMode, AccountRow } from "../db/accounts.ts";
import type { AccountState } from "../db/pauses.ts";
import type { Platform } from "../domain/platform.ts";

/** An account as the API shows it: never a credential. Instants are ISO 8601, UTC. */
export interface AccountView {
  readonly id: string;
  readonly platform: Platform;
  readonly mode: AccountMode;
  readonly externalId: string;
  readonly handle: string;
  readonly name: string;
  readonly baseUrl: string | null;
  readonly state: AccountState;
  /** Why it is held or paused. */
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  readonly lastSuccessAt: string | null;
  readonly createdAt: string;
}

export function viewAccount(row: AccountRow): AccountView {
  const { id, platform, mode, externalId, handle, name, baseUrl, state, scopes } = row;
  return {
    id,
    platform,
    mode,
    externalId,
    handle,
    name,
    baseUrl,
    state,
    reason: row.reasonCode === null ? null : { code: row.reasonCode, message: row.reasonText ?? "" },
    scopes,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
