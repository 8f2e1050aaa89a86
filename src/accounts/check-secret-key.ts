import type { Database } from "../db/database.ts";
import { countForeignGrants } from "../db/grants.ts";
import type { Vault } from "./vault.ts";

/**
 * To be called at the start, so that a wrong SECRET_KEY is noticed before a post fails.
 * @throws Error with a sentence for the operator
 */
export async function checkSecretKey(db: Database, vault: Pick<Vault, "keyIds">): Promise<void> {
  const count = await countForeignGrants(db, vault.keyIds);
  if (count > 0)
    throw new Error(
      `SECRET_KEY is not the one that the logins of ${count} account(s) in this database were stored under. Start with that key, or their tokens cannot be read.`,
    );
}
