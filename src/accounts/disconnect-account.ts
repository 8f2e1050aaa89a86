import type { Database } from "../db/database.ts";
import { wipeGrant } from "../db/grants.ts";
import { cancelForAccount, disconnectAccount as disconnect } from "../db/link-accounts.ts";
import { findUnstoppable, type Unstoppable } from "../db/stop-deliveries.ts";
import { transaction } from "../db/transaction.ts";
import type { AccountView } from "./account-view.ts";
import { getAccount } from "./get-account.ts";

export interface Disconnected {
  readonly account: AccountView;
  /** How many deliveries were still to go out there. */
  readonly canceled: number;
  /** What was past its intent, and may be public: nothing can call it back. */
  readonly alreadySending: readonly Unstoppable[];
}

/**
 * Takes an account out of use and wipes its credentials here; its history stays. Doing it twice is not an error.
 * @throws Refusal `not_found`
 */
export function disconnectAccount(
  world: { readonly db: Database },
  workspaceId: string,
  id: string,
): Promise<Disconnected> {
  return transaction(world.db, async (db) => {
    const grantId = await disconnect(db, workspaceId, id);
    if (grantId !== undefined) await wipeGrant(db, workspaceId, grantId);
    const canceled = await cancelForAccount(db, workspaceId, id);
    const account = await getAccount({ db }, workspaceId, id);
    return { account, canceled, alreadySending: await findUnstoppable(db, workspaceId, { accountId: id }) };
  });
}
