import * as oauth from "oauth4webapi";
import type { Hosts } from "../../adapters/contract/adapter.ts";
import type { AppCredentials, OAuthFlow, OAuthPlace, TokenSet } from "../../adapters/contract/oauth.ts";
import { PublishError } from "../../adapters/contract/publish-error.ts";
import { tokenFetch } from "./token-fetch.ts";
import { toPublishError } from "./token-refusal.ts";

/** One app towards one platform or server. */
export interface Party {
  readonly platformName: string;
  readonly flow: OAuthFlow;
  readonly scopes: readonly string[];
  readonly app: AppCredentials;
  readonly place: OAuthPlace;
  /** Only towards the practice network, which has no TLS. */
  readonly insecure: boolean;
}

const separator = ({ flow }: Party) => flow.scopeSeparator ?? " ";

/** Where a person goes to say yes. */
export async function authorizeUrl(
  party: Party,
  { redirectUri, state, verifier }: { redirectUri: string; state: string; verifier: string },
): Promise<string> {
  const { flow, app, place } = party;
  const url = new URL(signInHost(place.baseUrl) + flow.authorize.path);
  const challenge = flow.pkce
    ? {
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      }
    : {};
  const params = {
    response_type: "code",
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: party.scopes.join(separator(party)),
    state,
    ...challenge,
    ...flow.authorize.params,
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * The tokens for what the platform sent a person back with.
 * @param returned the query of the callback
 * @throws PublishError `unauthorized` where the person said no or the code does not hold, `forbidden` where the app is wrong
 */
export async function tradeCode(
  party: Party,
  returned: URLSearchParams,
  { redirectUri, state, verifier }: { redirectUri: string; state: string; verifier: string },
): Promise<TokenSet> {
  const { server, client } = describe(party);
  try {
    const params = oauth.validateAuthResponse(server, client, inRfcWords(party, returned), state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      clientAuth(party),
      params,
      redirectUri,
      party.flow.pkce ? verifier : oauth.nopkce,
      requestOptions(party),
    );
    const token = toTokenSet(party, await oauth.processAuthorizationCodeResponse(server, client, response));
    return (await party.flow.lengthen?.(token, party.app, party.place)) ?? token;
  } catch (error) {
    throw toPublishError(error, party.platformName);
  }
}

/** The issuer was looked at before: platforms spell it in ways that RFC 9207 does not allow. */
function inRfcWords({ flow }: Party, returned: URLSearchParams): URLSearchParams {
  const { iss: _, error, ...params } = Object.fromEntries(returned);
  const told = error !== undefined && { error: flow.authorizeErrors?.[error] ?? error };
  return new URLSearchParams({ ...params, ...told });
}

/**
 * Fresh tokens. A platform that rotates has made the old refresh token worthless when this resolves: save at once.
 * @returns undefined where this login cannot be renewed without its person
 */
export async function renewToken(party: Party, token: TokenSet): Promise<TokenSet | undefined> {
  const { flow, app, place } = party;
  try {
    if (flow.renew) return await flow.renew(token, app, place);
    if (token.refreshToken === null) return undefined;
    const { server, client } = describe(party);
    const response = await oauth.refreshTokenGrantRequest(
      server,
      client,
      clientAuth(party),
      token.refreshToken,
      requestOptions(party),
    );
    const fresh = toTokenSet(party, await oauth.processRefreshTokenResponse(server, client, response));
    return { ...fresh, refreshToken: fresh.refreshToken ?? token.refreshToken };
  } catch (error) {
    throw toPublishError(error, party.platformName);
  }
}

/**
 * Gives the login back at the platform. Twice is not an error.
 * @returns false where the platform takes none back
 */
export async function revokeToken(party: Party, token: TokenSet): Promise<boolean> {
  const { flow, app, place } = party;
  try {
    if (flow.revoke) await flow.revoke(token, app, place);
    else if (flow.revokePath !== undefined) {
      const { server, client } = describe(party);
      const given = token.refreshToken ?? token.accessToken; // the refresh token takes its access tokens along
      const response = await oauth.revocationRequest(
        server,
        client,
        clientAuth(party),
        given,
        requestOptions(party),
      );
      await oauth.processRevocationResponse(response);
    } else return false;
    return true;
  } catch (error) {
    throw toPublishError(error, party.platformName);
  }
}

function describe({ flow, app, place }: Party): { server: oauth.AuthorizationServer; client: oauth.Client } {
  const tokens = place.baseUrl.token ?? place.baseUrl.api;
  return {
    server: {
      issuer: new URL(signInHost(place.baseUrl)).origin,
      token_endpoint: tokens + flow.tokenPath,
      ...(flow.revokePath !== undefined && { revocation_endpoint: tokens + flow.revokePath }),
    },
    client: { client_id: app.clientId },
  };
}

function clientAuth({ flow, app }: Party): oauth.ClientAuth {
  return flow.clientAuth === "basic"
    ? oauth.ClientSecretBasic(app.clientSecret)
    : oauth.ClientSecretPost(app.clientSecret);
}

function requestOptions(party: Party) {
  return {
    [oauth.customFetch]: tokenFetch(party),
    [oauth.allowInsecureRequests]: party.insecure,
    signal: party.place.signal,
  };
}

function toTokenSet(party: Party, answer: oauth.TokenEndpointResponse): TokenSet {
  const { expires_in: seconds, refresh_token: refreshToken, scope } = answer;
  if (answer.access_token.length > 8192)
    throw new PublishError("unavailable", `${party.platformName} gave an answer we do not understand`);
  return {
    accessToken: answer.access_token,
    refreshToken: refreshToken ?? null,
    expiresAt: seconds === undefined ? null : new Date(party.place.now().getTime() + seconds * 1000),
    scopes: scope === undefined ? party.scopes : scope.split(/[\s,]+/).filter(Boolean),
  };
}

/** Where people log in. */
export function signInHost(hosts: Hosts): string {
  return hosts.signIn ?? hosts.web;
}
