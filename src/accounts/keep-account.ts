import type { Adapter, Identity } from "../adapters/contract/adapter.ts";
import { longestAheadMs } from "../adapters/contract/prepare-ahead.ts";
import type { AccountMode } from "../db/accounts.ts";
import type { Database } from "../db/database.ts";
import { putGrant } from "../db/grants.ts";
import { insertAccount, type LinkedAccount, lockIdentity, reviveAccount } from "../db/link-accounts.ts";
import { reviveDeliveries } from "../db/revive-deliveries.ts";
import { isShared, moveToGrant } from "../db/shared-grants.ts";
import { transaction } from "../db/transaction.ts";
import { newId } from "../domain/ids.ts";
import type { Credentials } from "./credentials.ts";
import type { Vault } from "./vault.ts";

export interface Link {
  readonly workspaceId: string;
  readonly mode: AccountMode;
  readonly identity: Identity;
  readonly baseUrl: string | null;
  /** What the platform granted, where that is known. */
  readonly scopes: readonly string[];
  readonly credentials: Credentials;
  readonly expiresAt: Date | null;
}

export interface Kept {
  readonly id: string;
  /** False: this identity was linked already, and has these credentials from now on. */
  readonly isNew: boolean;
}

/**
 * Stores an identity that the platform has confirmed, sealed. One that is linked already keeps its account: it gets
 * the new credentials, is active again if it waited for them, and so are its deliveries that are not too late.
 */
export function keepAccount(
  world: { readonly db: Database; readonly vault: Vault },
  adapter: Adapter<never>,
  link: Link,
): Promise<Kept> {
  return transaction(world.db, async (tx) => {
    const { workspaceId, identity, credentials, expiresAt } = link;
    const account = { ...link, platform: adapter.platform, externalId: identity.externalId };
    const linked = await lockIdentity(tx, account, adapter.auth.server?.movable === true);
    // Accounts for which these credentials may not speak keep the ones they have.
    const isItsOwn = linked && !(await isShared(tx, workspaceId, linked));
    const grantId = isItsOwn ? linked.grantId : newId("grt");
    await putGrant(tx, {
      id: grantId,
      workspaceId,
      expiresAt,
      ...world.vault.seal(`grants/${grantId}`, credentials),
    });
    if (linked) {
      if (!isItsOwn) await moveToGrant(tx, workspaceId, linked.id, grantId);
      return revive(tx, adapter, link, linked);
    }
    const id = newId("acc");
    await insertAccount(tx, { ...account, id, grantId, handle: identity.handle, name: identity.name });
    return { id, isNew: true };
  });
}

async function revive(
  tx: Database,
  adapter: Adapter<never>,
  { workspaceId, identity, scopes, baseUrl }: Link,
  { id }: LinkedAccount,
): Promise<Kept> {
  await reviveAccount(tx, workspaceId, id, { handle: identity.handle, scopes, baseUrl });
  await reviveDeliveries(tx, workspaceId, id, longestAheadMs(adapter));
  return { id, isNew: false };
}
