import { type AccountFilter, findAccounts } from "../db/accounts.ts";
import type { Database } from "../db/database.ts";
import { type AccountView, viewAccount } from "./account-view.ts";

/** The workspace's accounts, oldest first. */
export async function listAccounts(
  world: { readonly db: Database },
  workspaceId: string,
  filter: AccountFilter,
): Promise<AccountView[]> {
  return (await findAccounts(world.db, workspaceId, filter)).map(viewAccount);
}
