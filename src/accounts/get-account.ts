import { findAccount } from "../db/accounts.ts";
import type { Database } from "../db/database.ts";
import { Refusal } from "../domain/refusal.ts";
import { type AccountView, viewAccount } from "./account-view.ts";

/** @throws Refusal `not_found` */
export async function getAccount(
  world: { readonly db: Database },
  workspaceId: string,
  id: string,
): Promise<AccountView> {
  const row = await findAccount(world.db, workspaceId, id);
  if (!row) throw new Refusal("not_found", "There is no account with this id.");
  return viewAccount(row);
}
