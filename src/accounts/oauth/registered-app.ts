import type { AppCredentials, OAuthFlow, OAuthPlace, OwnOAuthFlow } from "../../adapters/contract/oauth.ts";
import { type AppPlace, type AppRow, findApp } from "../../db/apps.ts";
import type { LinkWorld } from "../link-account.ts";
import { VaultError } from "../vault.ts";
import { keepApp, openApp } from "./keep-app.ts";

/**
 * The app that this server knows us by: made known to it once for each redirect address, and anew where the server has
 * forgotten it, for then every login would end on an error page of its own.
 * @throws PublishError when the server does not answer, or registers none
 */
export async function registeredApp(
  world: Pick<LinkWorld, "db" | "vault">,
  flow: Pick<OAuthFlow, "registerApp" | "knowsApp"> | OwnOAuthFlow,
  at: AppPlace,
  place: OAuthPlace,
  redirectUri: string,
): Promise<AppCredentials> {
  const row = await findApp(world.db, at);
  const kept = row?.redirectUri === redirectUri ? readable(world, row) : undefined;
  if (kept && (await flow.knowsApp?.(kept, place)) !== false) return kept;
  const app = (await flow.registerApp?.(redirectUri, place)) as AppCredentials;
  if (await keepApp(world, at, app, { madeBy: "us", redirectUri }, row?.id ?? "")) return app;
  // Somebody else was faster. Of two apps one is used, so that every login can be given back through it.
  const theirs = await findApp(world.db, at);
  return theirs?.redirectUri === redirectUri ? openApp(world.vault, theirs) : app;
}

/** One that was sealed under a key that is lost is as good as none. */
function readable({ vault }: Pick<LinkWorld, "vault">, row: AppRow): AppCredentials | undefined {
  try {
    return openApp(vault, row);
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}
