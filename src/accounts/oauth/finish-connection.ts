import type { Adapter } from "../../adapters/contract/adapter.ts";
import type { LinkableIdentity, TokenSet } from "../../adapters/contract/oauth.ts";
import { PublishError } from "../../adapters/contract/publish-error.ts";
import { findAccount } from "../../db/accounts.ts";
import {
  type ConnectionRow,
  endConnection,
  findState,
  offerChoice,
  takeState,
} from "../../db/connections.ts";
import { findGrantOf } from "../../db/grants.ts";
import { accountsOf } from "../../db/renewals.ts";
import type { Platform } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { keepAccounts } from "../keep-accounts.ts";
import { cameFrom } from "./came-from.ts";
import { type BegunLogin, openBegun } from "./connection-secrets.ts";
import type { OAuthWorld } from "./find-app.ts";
import { identitiesOf } from "./identities-of.ts";
import { notTaken } from "./not-taken.ts";
import { partyOf } from "./party-of.ts";
import { tradeCode } from "./run-flow.ts";
import { hashOf } from "./secrets.ts";
import { redirectUriOf } from "./start-connection.ts";

const choiceMs = 10 * 60_000;

/** Where a login stands when the person has come back from the platform. */
export interface Ended {
  readonly id: string;
  readonly step: "connected" | "choosing" | "failed";
}

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
  const connection = await take(world, platform, returned, browser);
  try {
    return await linkAll(world, connection, returned);
  } catch (error) {
    const { code, message } = reasonOf(error);
    if (code === "internal")
      world.log.error({ problem: (error as Error).name }, "a login could not be finished");
    await endConnection(world.db, connection.id, { step: "failed", code, text: message });
    return { id: connection.id, step: "failed" };
  }
}

/** Takes the state, unless it came back from another server: then it stays good for its own. */
async function take(
  world: OAuthWorld,
  platform: Platform,
  returned: URLSearchParams,
  browser: string,
): Promise<ConnectionRow> {
  const key = { platform, stateHash: hashOf(returned.get("state") ?? ""), browserHash: hashOf(browser) };
  const waiting = await findState(world.db, key);
  if (waiting) {
    const hosts = world.hostsOf(platform, waiting.mode, waiting.baseUrl);
    if (!cameFrom(world.adapters[platform], hosts, redirectUriOf(world, waiting), returned))
      throw notTaken("other_server");
  }
  const connection = waiting && (await takeState(world.db, key));
  if (connection) return connection;
  throw notTaken("gone");
}

async function linkAll(
  world: OAuthWorld,
  connection: ConnectionRow,
  returned: URLSearchParams,
): Promise<Ended> {
  const adapter = world.adapters[connection.platform];
  const begun = openBegun(world.vault, connection);
  const token = await trade(world, adapter, connection, returned, begun);
  const at = { ...connection, baseUrl: serverOf(connection, token) };
  const found = await identitiesOf(world, adapter, at, token, begun.app);
  const identities = await onlyWanted(world, connection, found);
  if (identities.length > 1 && connection.accountId === null)
    return offer(world, connection, token, identities);
  return keep(world, connection, token, identities);
}

async function trade(
  world: OAuthWorld,
  adapter: Adapter<never>,
  connection: ConnectionRow,
  returned: URLSearchParams,
  { app, state, verifier }: BegunLogin,
): Promise<TokenSet> {
  const redirectUri = redirectUriOf(world, connection);
  const party = await partyOf(world, adapter, connection, redirectUri, app);
  const params = new URLSearchParams(returned);
  params.delete("server");
  return tradeCode(party, params, { redirectUri, state, verifier });
}

/** An account that is connected again must be the same one; those that share its login are mended with it. */
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
  if (account && found.some(({ externalId }) => externalId === account.externalId)) {
    const grant = await findGrantOf(world.db, workspaceId, accountId);
    const sharing = grant ? await accountsOf(world.db, { workspaceId, grantId: grant.id }) : [];
    const wanted = new Set([account, ...sharing].map((one) => one.externalId));
    return found.filter(({ externalId }) => wanted.has(externalId));
  }
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
  return { id, step: "choosing" };
}

/** Links them, and ends the connection in the same breath: what is linked is told. */
export async function keep(
  world: OAuthWorld,
  connection: ConnectionRow,
  token: TokenSet,
  identities: readonly LinkableIdentity[],
): Promise<Ended> {
  const { id, workspaceId, platform, mode } = connection;
  const login = { workspaceId, mode, baseUrl: serverOf(connection, token), token };
  const kept = await keepAccounts(world, world.adapters[platform], login, identities);
  const accountIds = kept.map((one) => one.id);
  await endConnection(world.db, id, { step: "connected", accountIds });
  return { id, step: "connected" };
}

/** Where the account is: as the login told, or as it was begun for. On the practice network all are in one place. */
function serverOf({ mode, baseUrl }: ConnectionRow, token: TokenSet): string | null {
  return mode === "practice" ? baseUrl : (token.server ?? baseUrl);
}

function reasonOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof Refusal) return { code: error.code, message: error.message };
  if (error instanceof PublishError) return { code: error.detail.code ?? error.kind, message: error.message };
  return {
    code: "internal",
    message: "The login could not be finished. Start connecting the account again.",
  };
}
