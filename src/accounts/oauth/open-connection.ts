import { openConnection as open } from "../../db/connections.ts";
import { Refusal } from "../../domain/refusal.ts";
import { openBegun } from "./connection-secrets.ts";
import type { OAuthWorld } from "./find-app.ts";
import { partyOf } from "./party-of.ts";
import { authorizeUrl } from "./run-flow.ts";
import { hashOf } from "./secrets.ts";
import { redirectUriOf } from "./start-connection.ts";
import { toStartRefusal } from "./start-refusal.ts";

/**
 * The link was opened in a browser: where it goes on to, the platform's own page.
 * @param browser the cookie that this browser will bring back
 * @throws Refusal `not_found` for a link that is used, too old or made up
 */
export async function openConnection(
  world: OAuthWorld,
  ticket: string,
  browser: string,
): Promise<{ readonly location: string }> {
  const connection = await open(world.db, hashOf(ticket), hashOf(browser));
  if (!connection)
    throw new Refusal(
      "not_found",
      "This link has been used or is too old. Start connecting the account again.",
    );
  const { app, state, verifier } = openBegun(world.vault, connection);
  const redirectUri = redirectUriOf(world, connection);
  const adapter = world.adapters[connection.platform];
  const party = await partyOf(world, adapter, connection, redirectUri, app);
  const location = await authorizeUrl(party, { redirectUri, state, verifier }).catch((error) => {
    throw toStartRefusal(error, false);
  });
  return { location };
}
