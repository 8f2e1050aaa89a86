import type { AppCredentials } from "../../adapters/contract/oauth.ts";
import { type AppPlace, type AppRow, putApp } from "../../db/apps.ts";
import { newId } from "../../domain/ids.ts";
import type { LinkWorld } from "../link-account.ts";
import type { Vault } from "../vault.ts";

/**
 * Stores an app with its secret sealed.
 * @param replaces as `putApp` has it
 * @returns false where another was kept meanwhile, which stays
 */
export function keepApp(
  world: Pick<LinkWorld, "db" | "vault">,
  at: AppPlace,
  { clientId, clientSecret, scopes }: AppCredentials,
  made: Pick<AppRow, "madeBy" | "redirectUri">,
  replaces?: string,
): Promise<boolean> {
  const id = newId("app");
  const sealed = world.vault.seal(`apps/${id}`, { clientSecret });
  return putApp(world.db, { ...at, ...made, ...sealed, id, clientId, scopes: scopes ?? null }, replaces);
}

/** @throws VaultError */
export function openApp(vault: Vault, row: AppRow): AppCredentials {
  const { clientSecret = "" } = vault.open(`apps/${row.id}`, row);
  return { clientId: row.clientId, clientSecret, ...(row.scopes && { scopes: row.scopes }) };
}
