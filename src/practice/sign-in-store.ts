import { createHash, randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticePlatform, PracticeSignIn } from "./kit.ts";

/** What a person allowed an app, until the code is traded. */
export interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly handle: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string;
  /** The tokens it was traded for. */
  readonly login: string | null;
}

/** A person's login through an app. */
export interface Login {
  readonly clientId: string;
  readonly handle: string;
  readonly scopes: readonly string[];
  /** Hashes of its refresh tokens; the last one is good. */
  readonly refreshTokens: readonly string[];
  readonly isRevoked: boolean;
}

interface AccessToken {
  readonly login: string;
  readonly issuedAt: string;
  readonly expiresAt: string | null;
}

export const codes = (network: PracticeNetwork) => network.collection<Code>("oauth codes");
export const logins = (network: PracticeNetwork) => network.collection<Login>("oauth logins");
const accessTokens = (network: PracticeNetwork) => network.collection<AccessToken>("oauth tokens");
const refreshTokens = (network: PracticeNetwork) => network.collection<string>("oauth refresh tokens");

export const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");
export const newSecret = () => randomBytes(24).toString("base64url");

/** Tokens for a login, as RFC 6749 shows them; a rotating platform gives a new refresh token each time. */
export function issueTokens(
  practice: PracticePlatform,
  signIn: PracticeSignIn,
  network: PracticeNetwork,
  loginId: string,
): Record<string, unknown> {
  const login = logins(network).get(loginId) as Login;
  const accessToken =
    signIn.issue?.(network, login.handle, login.scopes) ??
    practice.register(network, login.handle).credentials.accessToken ??
    "";
  const { tokenSeconds: seconds } = signIn;
  bindToken(network, accessToken, loginId, seconds);
  const givesRefresh =
    signIn.refresh === "rotates" || (signIn.refresh === "keeps" && login.refreshTokens.length === 0);
  const refreshToken = givesRefresh ? newSecret() : undefined;
  if (refreshToken) {
    refreshTokens(network).put(hashed(refreshToken), loginId);
    logins(network).put(loginId, { ...login, refreshTokens: [...login.refreshTokens, hashed(refreshToken)] });
  }
  return {
    access_token: accessToken,
    token_type: "bearer",
    scope: login.scopes.join(" "),
    ...(seconds !== null && { expires_in: seconds }),
    ...(refreshToken && { refresh_token: refreshToken }),
  };
}

/** From now on this access token is one of the login's, and dies with it. @param seconds null: it has no end of its own */
export function bindToken(
  network: PracticeNetwork,
  accessToken: string,
  loginId: string,
  seconds: number | null,
): void {
  const now = network.now();
  const expiresAt = seconds === null ? null : new Date(+now + seconds * 1000).toISOString();
  accessTokens(network).put(hashed(accessToken), { login: loginId, issuedAt: now.toISOString(), expiresAt });
}

export interface IssuedToken {
  readonly loginId: string;
  readonly login: Login;
  readonly issuedAt: Date;
  /** Infinity: it has no end. */
  readonly secondsLeft: number;
}

/** What a living access token came from; undefined where it is dead, or came from no login. */
export function issued(network: PracticeNetwork, accessToken: string): IssuedToken | undefined {
  const token = accessTokens(network).get(hashed(accessToken));
  const login = token && logins(network).get(token.login);
  if (!login || isDead(network, accessToken)) return undefined;
  const endsAt = token.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(token.expiresAt);
  return {
    loginId: token.login,
    login,
    issuedAt: new Date(token.issuedAt),
    secondsLeft: (endsAt - +network.now()) / 1000,
  };
}

/** The login a refresh token belongs to; `isOld` where a newer one was given. */
export function loginOf(
  network: PracticeNetwork,
  refreshToken: string,
): { id: string; isOld: boolean } | undefined {
  const id = refreshTokens(network).get(hashed(refreshToken));
  const login = id === undefined ? undefined : logins(network).get(id);
  if (id === undefined || !login || login.isRevoked) return undefined;
  return { id, isOld: login.refreshTokens.at(-1) !== hashed(refreshToken) };
}

export function revokeLogin(network: PracticeNetwork, id: string): void {
  const login = logins(network).get(id);
  if (login) logins(network).put(id, { ...login, isRevoked: true });
}

/** The login that an access or refresh token belongs to. */
export function loginOfAny(network: PracticeNetwork, token: string): string | undefined {
  return accessTokens(network).get(hashed(token))?.login ?? refreshTokens(network).get(hashed(token));
}

/** Whether this access token came from a login and is no longer good. Others are the platform's own affair. */
export function isDead(network: PracticeNetwork, accessToken: string): boolean {
  const token = accessTokens(network).get(hashed(accessToken));
  if (!token) return false;
  if (logins(network).get(token.login)?.isRevoked) return true;
  return token.expiresAt !== null && network.now().getTime() >= Date.parse(token.expiresAt);
}
