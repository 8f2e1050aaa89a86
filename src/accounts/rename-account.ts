import { renameAccount as rename } from "../db/accounts.ts";
import type { Database } from "../db/database.ts";
import type { AccountView } from "./account-view.ts";
import { getAccount } from "./get-account.ts";

/** The name is ours alone: the platform is not told. @throws Refusal `not_found` */
export async function renameAccount(
  world: { readonly db: Database },
  workspaceId: string,
  id: string,
  name: string,
): Promise<AccountView> {
  await rename(world.db, workspaceId, id, name);
  return getAccount(world, workspaceId, id);
}
