import { createHash } from "node:crypto";
import { isUrl } from "../../domain/is-url.ts";
import type { Call } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { isLogin, type LoginCredentials } from "./login.ts";
import { unreadable, type XrpcRequest, xrpc } from "./xrpc.ts";

// The one thing this adapter remembers between calls. An app password opens 30 sessions in five minutes and 300 a day
// (https://docs.bsky.app/docs/advanced-guides/rate-limits, checked 2026-11), so a login per request would shut an account
// out in the middle of a thread, and a session must not be stored: it is as good as the password. So each process keeps
// its sessions in memory, under a hash of server, identifier and password: another password is another session, and
// nothing in here can be looked up by a name. It may be lost at any moment: the next call signs in again.

export type BlueskyCredentials = AppPassword | LoginCredentials;

export interface AppPassword {
  /** Handle, e-mail address or DID. */
  readonly identifier: string;
  /** An app password: https://bsky.app/settings/app-passwords */
  readonly password: string;
}

export type BlueskyCall = Call<BlueskyCredentials>;

export interface Session {
  /** What a request needs to be the account's own. */
  readonly pass: Pick<XrpcRequest, "token">;
  readonly did: string;
  /** The server that holds the account, which the one it signs in at may only stand in front of. */
  readonly server: string;
}

/** One that an app password opened. */
export interface OpenedSession extends Session {
  readonly refreshJwt: string;
  readonly handle: string;
  readonly active: boolean;
  readonly renewAtMs: number;
}

interface Opening {
  readonly session: Promise<OpenedSession>;
  readonly signal: AbortSignal;
}

const maxSessions = 5000;
const defaultLifeMs = 60 * 60_000;
const kept = new Map<string, OpenedSession>(); // the one used last at the end
const openings = new Map<string, Opening>();

/** A session that will last for a while yet: at least half of its two hours. A login is one, which the engine renews. */
export async function sessionFor(call: BlueskyCall): Promise<Session> {
  if (isLogin(call.credentials)) return sessionOf(call.credentials);
  const key = keyOf(call);
  const session = kept.get(key);
  if (session && call.now().getTime() < session.renewAtMs) return keep(key, session);
  return renewed(call, session);
}

/**
 * A younger session than `spent`; one request for everyone who asks meanwhile.
 * @throws PublishError `unauthorized` where the app password does not open another
 */
export async function renewed(call: BlueskyCall, spent: Session | undefined): Promise<OpenedSession> {
  const key = keyOf(call);
  const current = kept.get(key);
  if (current && current !== spent) return current;
  const underWay = openings.get(key);
  if (!underWay) return open(key, call, spent as OpenedSession | undefined);
  try {
    return await underWay.session;
  } catch (error) {
    // Whoever asked first was stopped in the middle of it; that says nothing about the login.
    if (!underWay.signal.aborted || call.signal.aborted) throw error;
    return renewed(call, spent);
  }
}

/** As `sessionFor`, but asks the server now: what `identify` says is true today. */
export async function provenSession(call: BlueskyCall): Promise<OpenedSession> {
  return renewed(call, kept.get(keyOf(call)));
}

/** After a server refused a session where it could not be renewed: inside the fence. */
export function forget(call: BlueskyCall): void {
  kept.delete(keyOf(call));
}

/** The names a server has for a session that is over. 400, not 401. */
export function isSessionOver(error: unknown): boolean {
  return (
    error instanceof PublishError &&
    (error.detail.code === "ExpiredToken" || error.detail.code === "InvalidToken")
  );
}

function sessionOf({ accessToken, dpopKey, did, server }: LoginCredentials): Session {
  return { pass: { token: { accessToken, dpopKey, server } }, did, server };
}

async function open(
  key: string,
  call: BlueskyCall,
  spent: OpenedSession | undefined,
): Promise<OpenedSession> {
  const session = (spent ? refresh(call, spent) : signIn(call))
    .then((opened) => keep(key, opened))
    .finally(() => openings.delete(key));
  openings.set(key, { session, signal: call.signal });
  return session;
}

/** A refresh token is good for 90 days, and dies with its app password. */
async function refresh(call: BlueskyCall, { refreshJwt }: OpenedSession): Promise<OpenedSession> {
  try {
    const request = { procedure: true, token: refreshJwt } as const;
    return read(call, await xrpc(call, "com.atproto.server.refreshSession", request));
  } catch (error) {
    if (!isSessionOver(error)) throw error;
    return signIn(call);
  }
}

async function signIn(call: BlueskyCall): Promise<OpenedSession> {
  const { identifier, password } = call.credentials as AppPassword;
  const input = { identifier: identifier.replace(/^@/, ""), password };
  return read(call, await xrpc(call, "com.atproto.server.createSession", { input }));
}

interface SessionAnswer {
  readonly accessJwt?: unknown;
  readonly refreshJwt?: unknown;
  readonly did?: unknown;
  readonly handle?: unknown;
  readonly active?: unknown;
  readonly didDoc?: {
    readonly service?: readonly { readonly id?: string; readonly serviceEndpoint?: unknown }[];
  };
}

function read(call: BlueskyCall, answer: SessionAnswer): OpenedSession {
  const { accessJwt, refreshJwt, did, handle, active, didDoc } = answer;
  if (
    typeof accessJwt !== "string" ||
    typeof refreshJwt !== "string" ||
    typeof did !== "string" ||
    typeof handle !== "string"
  )
    throw unreadable();
  const services = Array.isArray(didDoc?.service) ? didDoc.service : [];
  const endpoint = services.find(({ id }) => id?.endsWith("#atproto_pds"))?.serviceEndpoint;
  const server = typeof endpoint === "string" && isUrl(endpoint) ? endpoint : call.baseUrl.api;
  const renewAtMs = call.now().getTime() + lifeMs(accessJwt) / 2;
  const pass = { token: accessJwt };
  return { pass, refreshJwt, did, handle, active: active !== false, server, renewAtMs };
}

/** By the token's own dates and our own clock: the server's may be ahead or behind. */
function lifeMs(jwt: string): number {
  try {
    const claims = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString()) as {
      iat?: unknown;
      exp?: unknown;
    };
    const seconds = Number(claims.exp) - Number(claims.iat);
    return seconds > 0 ? seconds * 1000 : defaultLifeMs;
  } catch {
    return defaultLifeMs;
  }
}

function keep(key: string, session: OpenedSession): OpenedSession {
  kept.delete(key);
  kept.set(key, session);
  const [oldest] = kept.keys();
  if (kept.size > maxSessions && oldest !== undefined) kept.delete(oldest);
  return session;
}

function keyOf({ baseUrl, credentials }: BlueskyCall): string {
  const { identifier, password } = credentials as AppPassword;
  return createHash("sha256")
    .update(JSON.stringify([baseUrl.api, identifier, password]))
    .digest("base64");
}
