import {
  findStandstill,
  lockAccount,
  pauseWorkspace,
  type Standstill,
  setAccountState,
} from "../db/pauses.ts";
import { findUnstoppable, holdDeliveries, type Unstoppable } from "../db/stop-deliveries.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "./world.ts";

export interface Paused {
  /** How many deliveries were stopped. */
  readonly held: number;
  /** What was past its intent, and may be public: nothing can call it back. */
  readonly alreadySending: readonly Unstoppable[];
}

/**
 * Stops everything that has not gone out, of one account or of the whole workspace, until somebody resumes it.
 * The flag alone already stops every worker: it is a guard of the intent.
 * @throws Refusal `unknown_account` or `account_disconnected`
 */
export function pause(
  world: World,
  workspaceId: string,
  reason: string,
  accountId: string | null,
): Promise<Paused> {
  return transaction(world.db, async (db) => {
    if (accountId === null) await pauseWorkspace(db, workspaceId, reason);
    else {
      refuseStranger((await lockAccount(db, workspaceId, accountId))?.state);
      await setAccountState(db, workspaceId, accountId, { state: "paused", reason });
    }
    const code = accountId === null ? "workspace_paused" : "account_paused";
    const held = await holdDeliveries(db, workspaceId, accountId, { code, text: reason });
    return { held, alreadySending: await findUnstoppable(db, workspaceId, { accountId }) };
  });
}

/** What stands still, and why. */
export function readStandstill(world: World, workspaceId: string): Promise<Standstill> {
  return findStandstill(world.db, workspaceId);
}

/** The account is named in a body: that it is missing is the body's fault. */
export function refuseStranger(state: string | undefined): void {
  const pointer = "/accountId";
  if (state === undefined)
    throw new Refusal("unknown_account", "There is no such account.", {
      issues: [{ pointer, code: "unknown_account", message: "There is no such account" }],
    });
  if (state === "disconnected")
    throw new Refusal("account_disconnected", "The account was disconnected.", {
      issues: [{ pointer, code: "account_disconnected", message: "was disconnected" }],
    });
}
