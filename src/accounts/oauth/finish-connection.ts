import type { Adapter } from "../../adapters/contract/adapter.ts";
import type { LinkableIdentity, TokenSet } from "../../adapters/contract/oauth.ts";
import { PublishError } from "../../adapters/contract/publish-error.ts";
import { findAccount } from "../../db/accounts.ts";
import { type ConnectionRow, endConnection, offerChoice, takeState } from "../../db/connections.ts";
import type { Platform } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { keepAccounts } from "../keep-accounts.ts";
import { tradeCode } from "./client.ts";
import type { OAuthWorld } from "./find-app.ts";
import { identitiesOf } from "./identities-of.ts";
import { partyOf } from "./party-of.ts";
import { hashOf } from "./secrets.ts";
import { redirectUriOf } from "./start-connection.ts";

const choiceMs = 10 * 60_000;

/** What a person is told who comes back from the platform. */
export type Ended =
  | { readonly step: "connected"; readonly returnTo: string | null; readonly accountIds: readonly string[] }
  | { readonly step: "choosing" }
  | { readonly step: "failed"; readonly returnTo: string | null; readonly message: string };

/**
 * A person comes back from the platform. The state is good once, in the browser that began, within its time, for this
 * platform and server; then the code is traded and the accounts are linked, or offered.
 * @param server what the redirect address said of the server
 * @throws Refusal `not_found` for a state that is used, too old, of another browser or made up: nothing is changed then
 */
export async function finishConnection(
  world: OAuthWorld,
  platform: Platform,
  returned: URLSearchParams,
  browser: string,
): Promise<Ended> {
  const [stateHash, browserHash] = [hashOf(returned.get("state") ?? ""), hashOf(browser)];
  const connection = await takeState(world.db, { platform, stateHash, browserHash });
  if (!connection)
    throw new Refusal(
      "not_found",
      "This login has been used already, is too old, or was begun in another browser. Start connecting the account again.",
    );
  try {
    return await linkAll(world, connection, returned);
  } catch (error) {
    const { code, message } = reasonOf(error);
    if (code === "internal")
      world.log.error({ problem: (error as Error).name }, "a login could not be finished");
    await endConnection(world.db, connection.id, { step: "failed", code, text: message });
    return { step: "failed", returnTo: connection.returnTo, message };
  }
}

async function linkAll(
  world: OAuthWorld,
  connection: ConnectionRow,
  returned: URLSearchParams,
): Promise<Ended> {
  const adapter = world.adapters[connection.platform];
  const token = await trade(world, adapter, connection, returned);
  const found = await identitiesOf(world, adapter, connection, token);
  const identities = await onlyWanted(world, connection, found);
  if (identities.length > 1) return offer(world, connection, token, identities);
  return keep(world, connection, token, identities);
}

async function trade(
  world: OAuthWorld,
  adapter: Adapter<never>,
  connection: ConnectionRow,
  returned: URLSearchParams,
): Promise<TokenSet> {
  const redirectUri = redirectUriOf(world, connection);
  const server = new URL(redirectUri).searchParams.get("server");
  if (returned.get("server") !== server)
    throw new PublishError("unauthorized", "The login came back from another server than it was begun for", {
      code: "wrong_server",
    });
  const secrets = world.vault.open(`connections/${connection.id}`, connection);
  const { clientId = "", clientSecret = "", state = "", verifier = "" } = secrets;
  const party = await partyOf(world, adapter, connection, redirectUri, { clientId, clientSecret });
  const params = new URLSearchParams(returned);
  params.delete("server");
  return tradeCode(party, params, { redirectUri, state, verifier });
}

/** An account that is connected again must be the same one. */
async function onlyWanted(
  world: OAuthWorld,
  { workspaceId, accountId }: ConnectionRow,
  found: readonly LinkableIdentity[],
): Promise<readonly LinkableIdentity[]> {
  if (found.length === 0)
    throw new Refusal(
      "wrong_account",
      "This login may post for no page or account. Log in as somebody who may.",
    );
  if (accountId === null) return found;
  const account = await findAccount(world.db, workspaceId, accountId);
  const same = found.filter(({ externalId }) => externalId === account?.externalId);
  if (same.length > 0) return same;
  const given = found.map(({ handle }) => handle).join(", ");
  throw new Refusal(
    "wrong_account",
    `You logged in as ${given}, but the account to connect again is ${account?.handle ?? "gone"}. Log out at the platform and log in as that one.`,
  );
}

async function offer(
  world: OAuthWorld,
  { id }: ConnectionRow,
  token: TokenSet,
  identities: readonly LinkableIdentity[],
): Promise<Ended> {
  const secrets = { token: JSON.stringify(token), identities: JSON.stringify(identities) };
  const shown = identities.map(({ externalId, handle, name }) => ({ externalId, handle, name }));
  await offerChoice(world.db, {
    ...world.vault.seal(`connections/${id}`, secrets),
    id,
    identities: shown,
    lifeMs: choiceMs,
  });
  return { step: "choosing" };
}

/** Links them, and ends the connection in the same breath: what is linked is told. */
export async function keep(
  world: OAuthWorld,
  { id, workspaceId, platform, mode, baseUrl, returnTo }: ConnectionRow,
  token: TokenSet,
  identities: readonly LinkableIdentity[],
): Promise<Ended> {
  const login = { workspaceId, mode, baseUrl, token };
  const kept = await keepAccounts(world, world.adapters[platform], login, identities);
  const accountIds = kept.map((one) => one.id);
  await endConnection(world.db, id, { step: "connected", accountIds });
  return { step: "connected", returnTo, accountIds };
}

function reasonOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  if (error instanceof PublishError) return { code: error.detail.code ?? error.kind, message: error.message };
  return {
    code: "internal",
    message: "The login could not be finished. Start connecting the account again.",
  };
}
