import type { Adapter } from "../../adapters/contract/adapter.ts";
import { type Credentials, loginIn } from "../credentials.ts";
import { knownApp, type OAuthWorld } from "./find-app.ts";
import { appPlaceOf, type LoginPlace, partyOf } from "./party-of.ts";
import { revokeToken } from "./run-flow.ts";
import { redirectUriOf } from "./start-connection.ts";

/**
 * Gives a login back at the platform, so that what leaked of it is worth nothing.
 * @returns false where the platform takes none back, or could not be reached: a person can remove our app there
 */
export async function revokeLogin(
  world: OAuthWorld,
  adapter: Adapter<never>,
  at: LoginPlace,
  credentials: Credentials,
): Promise<boolean> {
  if (!adapter.auth.oauth) return false;
  try {
    const app = await knownApp(world, appPlaceOf(adapter, at));
    if (!app) return false;
    const party = await partyOf(world, adapter, at, redirectUriOf(world, at), app);
    const token = { ...loginIn(credentials), expiresAt: null, scopes: [] };
    return await revokeToken(party, token);
  } catch {
    return false;
  }
}
