import {
  isOwnFlow,
  type OAuthFlow,
  type OwnOAuthFlow,
  type TokenSet,
} from "../../adapters/contract/oauth.ts";
import * as data from "./client.ts";

/** One app towards one platform or server, whichever way its flow is told: as data, or as a conversation of its own. */
export interface AnyParty extends Omit<data.Party, "flow"> {
  readonly flow: OAuthFlow | OwnOAuthFlow;
}

interface Begun {
  readonly redirectUri: string;
  readonly state: string;
  readonly verifier: string;
}

export async function authorizeUrl(party: AnyParty, login: Begun): Promise<string> {
  const { flow, app, place } = party;
  if (isOwnFlow(flow)) return flow.authorizeUrl(login, app, place);
  return data.authorizeUrl({ ...party, flow }, login);
}

export async function tradeCode(party: AnyParty, returned: URLSearchParams, login: Begun): Promise<TokenSet> {
  const { flow, app, place } = party;
  if (isOwnFlow(flow)) return flow.tradeCode(returned, login, app, place);
  return data.tradeCode({ ...party, flow }, returned, login);
}

/**
 * Fresh tokens. A platform that rotates has made the old refresh token worthless when this resolves: save at once.
 * @returns undefined where this login cannot be renewed without its person
 */
export async function renewToken(party: AnyParty, token: TokenSet): Promise<TokenSet | undefined> {
  const { flow, app, place } = party;
  if (!isOwnFlow(flow)) return data.renewToken({ ...party, flow }, token);
  const fresh = await flow.renewToken(token, app, place);
  return { ...fresh, refreshToken: fresh.refreshToken ?? token.refreshToken };
}

/** Gives the login back at the platform. @returns false where the platform takes none back */
export async function revokeToken(party: AnyParty, token: TokenSet): Promise<boolean> {
  const { flow, app, place } = party;
  if (!isOwnFlow(flow)) return data.revokeToken({ ...party, flow }, token);
  await flow.revoke(token, app, place);
  return true;
}
