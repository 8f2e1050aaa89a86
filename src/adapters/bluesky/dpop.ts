import { createHash, randomUUID } from "node:crypto";
import { importJWK, type JWK, SignJWT } from "jose";
import type { HttpAnswer } from "../contract/adapter.ts";

// Tokens of a login are bound to a key: every request proves that its sender has it. https://www.rfc-editor.org/rfc/rfc9449
// Servers want a word of their own in each proof, and tell the next one with every answer. So each process remembers the
// last word of each server, as it remembers sessions: a word that is lost costs one request.

/** An access token, and what it is worth nothing without. */
export interface BoundToken {
  readonly accessToken: string;
  /** A private key: a JWK as JSON. */
  readonly dpopKey: string;
  /** The server it is for, by the address it goes by itself. */
  readonly server: string;
}

interface Heard {
  readonly nonce: string;
  readonly atMs: number;
}

const maxServers = 1000;
const heard = new Map<string, Heard>(); // by origin, the one heard last at the end

/** What a request with a bound token carries. @param path below the server */
export async function boundHeaders(
  { accessToken, dpopKey, server }: BoundToken,
  method: string,
  path: string,
  now: Date,
): Promise<{ readonly authorization: string; readonly dpop: string }> {
  const { d, ...key } = JSON.parse(dpopKey) as JWK;
  const nonce = heard.get(new URL(server).origin)?.nonce;
  const dpop = await new SignJWT({
    htm: method,
    htu: server + path,
    jti: randomUUID(),
    ath: createHash("sha256").update(accessToken).digest("base64url"),
    ...(nonce !== undefined && { nonce }),
  })
    .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk: bare(key) })
    .setIssuedAt(now)
    .sign(await importJWK({ ...key, ...(d !== undefined && { d }) }, "ES256"));
  return { authorization: `DPoP ${accessToken}`, dpop };
}

/** Remembers the word a server wants in the next proof, if it told one. */
export function hear(url: string, headers: HttpAnswer["headers"], now: Date): void {
  const nonce = headers.get("dpop-nonce");
  if (nonce !== null) keep(new URL(url).origin, nonce, now);
}

/** How old the last word of a server is; infinite where none is known. */
export function nonceAgeMs(url: string, now: Date): number {
  const { atMs } = heard.get(new URL(url).origin) ?? {};
  return atMs === undefined ? Number.POSITIVE_INFINITY : now.getTime() - atMs;
}

/** The same memory, as the official client asks for it. */
export function nonceStore(now: () => Date) {
  return {
    get: (origin: string) => heard.get(origin)?.nonce,
    set: (origin: string, nonce: string) => keep(origin, nonce, now()),
    del: (origin: string) => void heard.delete(origin),
  };
}

function keep(origin: string, nonce: string, now: Date): void {
  heard.delete(origin);
  heard.set(origin, { nonce, atMs: now.getTime() });
  const [oldest] = heard.keys();
  if (heard.size > maxServers && oldest !== undefined) heard.delete(oldest);
}

/** Without anything private, or that says what it is for. */
function bare({ kty, crv, x, y }: JWK): JWK {
  return { kty, crv, x, y } as JWK;
}
