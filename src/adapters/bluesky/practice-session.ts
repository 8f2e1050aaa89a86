import { randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticeReply, PracticeRequest, PracticeRoute } from "../../practice/kit.ts";
import { spend } from "./practice-limits.ts";
import { isBound, loggedIn } from "./practice-login.ts";
import { type Account, accountNamed, accountsOf, didDocumentOf, problem } from "./practice-state.ts";

interface Token {
  readonly did: string;
  readonly kind: "access" | "refresh";
  readonly expiresAtMs: number;
  /** The app password it came from: revoked with it, unless it is an access token. */
  readonly password: string;
  /** What a refresh token was traded for. The old one is tolerated for a while, and gives the same one again. */
  readonly next?: { readonly refreshJwt: string; readonly untilMs: number };
}

// Seen at a server of version 0.4.217 (checked 2026-11)
const lifeMs = { access: 2 * 60 * 60_000, refresh: 90 * 24 * 60 * 60_000 };
const graceMs = 2 * 60 * 60_000;

const tokensOf = (network: PracticeNetwork) => network.collection<Token>("tokens");
/** App passwords, and whose they are. */
export const passwordsOf = (network: PracticeNetwork) => network.collection<string>("passwords");

// https://docs.bsky.app/docs/api/com-atproto-server-create-session (checked 2026-11)
export function createSession({ json }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const { identifier, password } = (json ?? {}) as { identifier?: unknown; password?: unknown };
  if (typeof identifier !== "string" || typeof password !== "string")
    return problem(400, "InvalidRequest", 'Missing required key "identifier" at $');
  const { headers, refusal } = spend("login", identifier.toLowerCase(), 1, network);
  if (refusal) return refusal;
  const account = accountNamed(identifier, network);
  const reply =
    account && passwordsOf(network).get(password) === account.did
      ? opened(account, newToken("refresh", account.did, password, network), password, network)
      : problem(401, "AuthenticationRequired", "Invalid identifier or password");
  return { ...reply, headers };
}

// https://docs.bsky.app/docs/api/com-atproto-server-refresh-session (checked 2026-11)
export function refreshSession({ token = "" }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const spent = tokensOf(network).get(token);
  const refusal = refusalOf(token, spent, "refresh", network);
  if (refusal || !spent) return refusal ?? badToken();
  const account = accountsOf(network).get(spent.did);
  const revoked = passwordsOf(network).get(spent.password) !== spent.did;
  const late = spent.next && spent.next.untilMs < network.now().getTime();
  if (!account || revoked || late) return unauthorized();
  const refreshJwt = spent.next?.refreshJwt ?? newToken("refresh", spent.did, spent.password, network);
  const next = spent.next ?? { refreshJwt, untilMs: network.now().getTime() + graceMs };
  tokensOf(network).put(token, { ...spent, next });
  return opened(account, refreshJwt, spent.password, network);
}

// https://docs.bsky.app/docs/api/com-atproto-server-get-session (checked 2026-11)
export function getSession(
  _request: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): PracticeReply {
  const { did, handle } = account;
  return { status: 200, body: { did, handle, didDoc: didDocumentOf(account, network), active: true } };
}

export type SignedIn = (
  request: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
) => PracticeReply | Promise<PracticeReply>;

/** For methods that need a session, or a login. */
export function signedIn(handler: SignedIn): PracticeRoute["handle"] {
  return (request, network) => {
    if (isBound(request)) return loggedIn(request, network, handler);
    const { token } = request;
    const known = tokensOf(network).get(token ?? "");
    const refusal = refusalOf(token, known, "access", network);
    const account = known && accountsOf(network).get(known.did);
    if (refusal || !account) return refusal ?? badToken();
    return handler(request, network, account);
  };
}

/** What a server says of a session whose app password was revoked. */
export function unauthorized(): PracticeReply {
  return problem(400, "ExpiredToken", "Token has been revoked");
}

function refusalOf(
  token: string | undefined,
  known: Token | undefined,
  kind: Token["kind"],
  network: PracticeNetwork,
): PracticeReply | undefined {
  if (token === undefined) return problem(401, "AuthMissing", "Authentication Required");
  if (!known) return badToken();
  if (known.kind !== kind) return problem(400, "InvalidToken", "Invalid token type");
  return known.expiresAtMs > network.now().getTime()
    ? undefined
    : problem(400, "ExpiredToken", "Token has expired");
}

function badToken(): PracticeReply {
  return problem(400, "InvalidToken", "Token could not be verified");
}

function opened(
  account: Account,
  refreshJwt: string,
  password: string,
  network: PracticeNetwork,
): PracticeReply {
  const { did, handle } = account;
  return {
    status: 200,
    body: {
      accessJwt: newToken("access", did, password, network),
      refreshJwt,
      did,
      handle,
      didDoc: didDocumentOf(account, network),
      active: true,
    },
  };
}

/** In the shape of a JWT, with its dates; in place of a signature it is looked up. */
function newToken(kind: Token["kind"], did: string, password: string, network: PracticeNetwork): string {
  const nowMs = network.now().getTime();
  const seconds = (ms: number) => Math.floor(ms / 1000);
  const token = [
    { typ: kind === "access" ? "at+jwt" : "refresh+jwt", alg: "HS256" },
    {
      scope: kind === "access" ? "com.atproto.appPass" : "com.atproto.refresh",
      sub: did,
      iat: seconds(nowMs),
      exp: seconds(nowMs + lifeMs[kind]),
    },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .concat(randomBytes(32).toString("base64url"))
    .join(".");
  tokensOf(network).put(token, { did, kind, password, expiresAtMs: nowMs + lifeMs[kind] });
  return token;
}
