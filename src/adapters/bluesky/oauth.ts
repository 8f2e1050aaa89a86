import { createHash, randomBytes } from "node:crypto";
import { JoseKey } from "@atproto/jwk-jose";
import type { OAuthServerAgent } from "@atproto/oauth-client";
import type {
  AppCredentials,
  BegunLogin,
  LoginHint,
  OAuthPlace,
  OwnOAuthFlow,
  TokenSet,
} from "../contract/oauth.ts";
import { PublishError } from "../contract/publish-error.ts";
import { clientOf, registerApp, scopes } from "./oauth-app.ts";
import { officialClient, serverAt } from "./oauth-client.ts";
import { inOurTerms, sentBack } from "./oauth-errors.ts";

/** From the link until the person is back; and from then on the key and the issuer. */
interface Begun {
  readonly issuer: string;
  readonly dpopKey: string;
  readonly verifier: string;
  /** Whom the login page may propose. */
  readonly hint?: string | undefined;
}

type LibraryTokens = Awaited<ReturnType<OAuthServerAgent["exchangeCode"]>>;

/** PAR, PKCE, DPoP, and a check that whoever logs in lives where they logged in. https://atproto.com/specs/oauth (checked 2026-11) */
export const oauth: OwnOAuthFlow = {
  registerApp,
  async describeApp(app) {
    return (await clientOf(app)).metadata as Readonly<Record<string, unknown>>;
  },
  begin: (person, app, place) => inOurTerms(() => begin(person, app, place)),
  authorizeUrl: (login, app, place) => inOurTerms(() => authorizeUrl(login, app, place)),
  tradeCode: (returned, login, app, place) => inOurTerms(() => tradeCode(returned, login, app, place)),
  renewToken: (token, app, place) => inOurTerms(() => renewToken(token, app, place)),
  revoke: (token, app, place) => inOurTerms(() => revoke(token, app, place)),
};

async function begin(
  { instance, externalId }: LoginHint,
  app: AppCredentials,
  place: OAuthPlace,
): Promise<string> {
  const { oauthResolver } = await officialClient(app, place);
  const { signIn, api } = place.baseUrl;
  const where = externalId ?? instance?.trim().replace(/^@/, "") ?? signIn ?? api;
  const { metadata, identityInfo } = await oauthResolver.resolve(where, { signal: place.signal });
  const key = await JoseKey.generate(["ES256"]);
  const begun: Begun = {
    issuer: metadata.issuer,
    dpopKey: JSON.stringify(key.privateJwk),
    verifier: randomBytes(32).toString("base64url"),
    hint: identityInfo && (identityInfo.handle === "handle.invalid" ? identityInfo.did : identityInfo.handle),
  };
  return JSON.stringify(begun);
}

/** What we ask for is told to the server itself; the address a person is sent to holds only a reference. */
async function authorizeUrl(
  { redirectUri, state, verifier: kept }: BegunLogin,
  app: AppCredentials,
  place: OAuthPlace,
): Promise<string> {
  const { issuer, dpopKey, verifier, hint } = JSON.parse(kept) as Begun;
  const server = await serverAt(issuer, dpopKey, app, place);
  const { request_uri: requestUri } = await server.request("pushed_authorization_request", {
    client_id: app.clientId,
    response_type: "code",
    response_mode: "query",
    redirect_uri: redirectUri as never,
    scope: scopes.join(" "),
    state,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...(hint !== undefined && { login_hint: hint }),
  });
  const url = new URL(server.serverMetadata.authorization_endpoint);
  url.searchParams.set("client_id", app.clientId);
  url.searchParams.set("request_uri", requestUri);
  return url.href;
}

async function tradeCode(
  returned: URLSearchParams,
  { redirectUri, verifier: kept }: BegunLogin,
  app: AppCredentials,
  place: OAuthPlace,
): Promise<TokenSet> {
  const { issuer, dpopKey, verifier } = JSON.parse(kept) as Begun;
  // Anybody may run a server, and one may pass on what belongs to another: https://www.rfc-editor.org/rfc/rfc9207
  if (returned.get("iss") !== issuer)
    throw new PublishError("unauthorized", "The login came back from another server than it was begun for", {
      code: "wrong_server",
    });
  const code = returned.get("code");
  if (returned.get("error") !== null || code === null) throw sentBack(returned.get("error"));
  const server = await serverAt(issuer, dpopKey, app, place);
  return toTokenSet(await server.exchangeCode(code, verifier, redirectUri as never), dpopKey);
}

async function renewToken(token: TokenSet, app: AppCredentials, place: OAuthPlace): Promise<TokenSet> {
  const { issuer = "", dpopKey = "", did = "", server: aud = "" } = token.extra ?? {};
  const server = await serverAt(issuer, dpopKey, app, place);
  const fresh = await server.refresh({
    iss: issuer,
    sub: did as never,
    aud,
    scope: token.scopes.join(" ") as never,
    access_token: token.accessToken,
    refresh_token: token.refreshToken ?? "",
    token_type: "DPoP",
  });
  const renewed = toTokenSet(fresh, dpopKey);
  if (renewed.server === aud) return renewed;
  throw new PublishError(
    "unauthorized",
    "This Bluesky account has moved to another server: connect it again",
    {
      code: "moved",
    },
  );
}

async function revoke(token: TokenSet, app: AppCredentials, place: OAuthPlace): Promise<void> {
  const { issuer = "", dpopKey = "" } = token.extra ?? {};
  const server = await serverAt(issuer, dpopKey, app, place);
  await server.request("revocation", { token: token.refreshToken ?? token.accessToken });
}

function toTokenSet(given: LibraryTokens, dpopKey: string): TokenSet {
  const { access_token: accessToken, refresh_token: refreshToken, expires_at: expiresAt, scope } = given;
  const server = given.aud.replace(/\/$/, "");
  return {
    accessToken,
    refreshToken: refreshToken ?? null,
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
    scopes: scope.split(" "),
    extra: { did: given.sub, issuer: given.iss, server, dpopKey },
    server,
  };
}
