import { createHash, randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { checkProof, nextNonce } from "./practice-dpop.ts";
import { type Account, accountsOf } from "./practice-state.ts";

/** A person's login through an app. */
export interface Login {
  readonly clientId: string;
  readonly did: string;
  readonly scope: string;
  /** The key that everything of it is bound to. */
  readonly jkt: string;
  /** The hash of the refresh token that is good; earlier ones are known too. */
  readonly refreshToken: string;
  readonly endsAtMs: number;
  readonly isRevoked: boolean;
}

interface AccessToken {
  readonly login: string;
  readonly expiresAtMs: number;
}

// As the servers of Bluesky have it: packages/oauth/oauth-provider/src/constants.ts of https://github.com/bluesky-social/atproto (checked 2026-11)
const accessMs = 60 * 60_000;
const dayMs = 24 * 60 * 60_000;
/** Of an app that proves itself with a key, and of one that cannot. */
const loginMs = { private_key_jwt: 730 * dayMs, none: 14 * dayMs };

export const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");
export const newSecret = (prefix: string) => `${prefix}-${randomBytes(32).toString("base64url")}`;

const logins = (network: PracticeNetwork) => network.collection<Login>("logins");
const accessTokens = (network: PracticeNetwork) => network.collection<AccessToken>("login tokens");
const refreshTokens = (network: PracticeNetwork) => network.collection<string>("login refresh tokens");

export function openLogin(
  network: PracticeNetwork,
  login: Pick<Login, "clientId" | "did" | "scope" | "jkt">,
  authMethod: keyof typeof loginMs,
): string {
  const id = newSecret("log");
  const endsAtMs = network.now().getTime() + loginMs[authMethod];
  logins(network).put(id, { ...login, refreshToken: "", endsAtMs, isRevoked: false });
  return id;
}

/** A pair of tokens; the refresh token before this one is good no more. */
export function issueTokens(network: PracticeNetwork, id: string): Record<string, unknown> {
  const login = logins(network).get(id) as Login;
  const [accessToken, refreshToken] = [newSecret("tok"), newSecret("ref")];
  const expiresAtMs = network.now().getTime() + accessMs;
  accessTokens(network).put(hashed(accessToken), { login: id, expiresAtMs });
  refreshTokens(network).put(hashed(refreshToken), id);
  logins(network).put(id, { ...login, refreshToken: hashed(refreshToken) });
  return {
    access_token: accessToken,
    token_type: "DPoP",
    refresh_token: refreshToken,
    expires_in: accessMs / 1000,
    scope: login.scope,
    sub: login.did,
  };
}

/** The login that a refresh token belongs to. One that was used before has been stolen, by one or the other: it ends. */
export function takeRefresh(network: PracticeNetwork, token: string): [string, Login] | undefined {
  const id = refreshTokens(network).get(hashed(token)) ?? "";
  const login = logins(network).get(id);
  if (!login || login.isRevoked || login.endsAtMs <= network.now().getTime()) return undefined;
  if (login.refreshToken === hashed(token)) return [id, login];
  endLogin(network, id);
  return undefined;
}

export function endLogin(network: PracticeNetwork, id: string): void {
  const login = logins(network).get(id);
  if (login) logins(network).put(id, { ...login, isRevoked: true });
}

/** @param token of either kind */
export function endLoginOf(network: PracticeNetwork, token: string, clientId: string): void {
  const id = accessTokens(network).get(hashed(token))?.login ?? refreshTokens(network).get(hashed(token));
  if (id !== undefined && logins(network).get(id)?.clientId === clientId) endLogin(network, id);
}

export function isBound({ headers }: PracticeRequest): boolean {
  return /^DPoP /i.test(headers.authorization ?? "");
}

/** Answers a request that comes with a token of a login. */
export async function loggedIn(
  request: PracticeRequest,
  network: PracticeNetwork,
  answer: (
    request: PracticeRequest,
    network: PracticeNetwork,
    account: Account,
  ) => PracticeReply | Promise<PracticeReply>,
): Promise<PracticeReply> {
  const headers = { "dpop-nonce": nextNonce(network) };
  const token = (request.headers.authorization ?? "").slice("DPoP ".length);
  const proof = await checkProof(request, network, token);
  const refusal = (error: string, message: string): PracticeReply => ({
    status: 401,
    headers: { ...headers, "www-authenticate": `DPoP algs="ES256", error="${error}"` },
    body: { error, message },
  });
  if ("error" in proof)
    return proof.error === "use_dpop_nonce"
      ? refusal(proof.error, proof.description)
      : refusal("invalid_token", proof.description);
  const known = accessTokens(network).get(hashed(token));
  const login = known && logins(network).get(known.login);
  const account = login && accountsOf(network).get(login.did);
  if (!account || login.jkt !== proof.jkt) return refusal("invalid_token", "Invalid token");
  if (login.isRevoked || known.expiresAtMs <= network.now().getTime())
    return refusal("invalid_token", "Token expired or revoked");
  const reply = await answer(request, network, account);
  return { ...reply, headers: { ...headers, ...reply.headers } };
}
