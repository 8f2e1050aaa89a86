import {
  lockAccount,
  releaseDeliveries,
  resumeWorkspace,
  type StoppedAccount,
  setAccountState,
} from "../db/pauses.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import { refuseStranger } from "./pause.ts";
import { longestAheads } from "./preparing-platforms.ts";
import type { World } from "./world.ts";

export interface Resumed {
  /** How many go out at their moment after all. */
  readonly scheduled: number;
  /** How many fell due meanwhile: they are not sent by themselves. */
  readonly missed: number;
}

/**
 * Lets one account, or the whole workspace, send again.
 * @throws Refusal `unknown_account`, `account_disconnected`; `wrong_state` for an account that must be connected again
 */
export function resume(world: World, workspaceId: string, accountId: string | null): Promise<Resumed> {
  return transaction(world.db, async (db) => {
    if (accountId === null) await resumeWorkspace(db, workspaceId);
    else {
      const account = await lockAccount(db, workspaceId, accountId);
      refuseStranger(account?.state);
      requireResumable(account);
      await setAccountState(db, workspaceId, accountId, { state: "active", reason: null });
    }
    return releaseDeliveries(db, workspaceId, accountId, longestAheads(world));
  });
}

/** What our own burst breaker stopped a person may release; a dead login they must renew. */
function requireResumable(account: StoppedAccount | undefined): void {
  if (account?.state === "held" && account.reasonCode !== "late_burst")
    throw new Refusal("wrong_state", "The platform no longer accepts this login. Connect the account again.");
}
