import { createHash, createHmac, randomBytes } from "node:crypto";
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from "jose";
import type { PracticeNetwork, PracticeRequest } from "../../practice/kit.ts";

export interface Proof {
  /** The thumbprint of its key. */
  readonly jkt: string;
}

/** Why a proof is none. */
export interface BadProof {
  readonly error: "use_dpop_nonce" | "invalid_dpop_proof";
  readonly description: string;
}

// As the servers of Bluesky have it: packages/oauth/oauth-provider/src/dpop of https://github.com/bluesky-social/atproto (checked 2026-11)
const nonceMs = 60_000;
const maxAgeSeconds = 10;
const toleranceSeconds = 180;

const seenOf = (network: PracticeNetwork) => network.collection<{ untilMs: number }>("proofs");

/**
 * Whether a request shows that its sender has a key. https://www.rfc-editor.org/rfc/rfc9449#section-4.3
 * @param accessToken the one it came with, where it asks for a resource
 */
export async function checkProof(
  { headers, method, path }: PracticeRequest,
  network: PracticeNetwork,
  accessToken?: string,
): Promise<Proof | BadProof> {
  const { dpop } = headers;
  if (typeof dpop !== "string" || dpop === "") return bad("DPoP proof required");
  try {
    const { protectedHeader, payload } = await jwtVerify(dpop, EmbeddedJWK, {
      typ: "dpop+jwt",
      algorithms: ["ES256"],
      maxTokenAge: maxAgeSeconds,
      clockTolerance: toleranceSeconds,
      currentDate: network.now(),
    });
    const { jti, htm, htu, nonce, ath } = payload;
    if (typeof jti !== "string" || jti === "") return bad('DPoP "jti" missing');
    if (htm !== method) return bad('DPoP "htm" mismatch');
    if (htu !== `${network.baseUrl}${path}`) return bad('DPoP "htu" mismatch');
    if (typeof nonce !== "string" || !isFresh(nonce, network))
      return { error: "use_dpop_nonce", description: "Authorization server requires nonce in DPoP proof" };
    if (ath !== (accessToken === undefined ? undefined : hashOf(accessToken)))
      return bad('DPoP "ath" mismatch');
    const jkt = await calculateJwkThumbprint(protectedHeader.jwk as JWK);
    return isFirst(`${jkt} ${jti}`, network) ? { jkt } : bad("DPoP proof replayed");
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return bad("Invalid DPoP proof");
    throw error;
  }
}

/** The word that the next proof has to hold: good for two minutes at least. */
export function nextNonce(network: PracticeNetwork): string {
  return nonceAt(Math.floor(network.now().getTime() / nonceMs) + 1, network);
}

function isFresh(nonce: string, network: PracticeNetwork): boolean {
  const now = Math.floor(network.now().getTime() / nonceMs);
  return [now - 1, now, now + 1].some((step) => nonceAt(step, network) === nonce);
}

function nonceAt(step: number, network: PracticeNetwork): string {
  const secrets = network.collection<string>("secrets");
  const secret = secrets.get("nonces") ?? randomBytes(32).toString("base64url");
  if (!secrets.get("nonces")) secrets.put("nonces", secret);
  return createHmac("sha256", secret).update(String(step)).digest("base64url");
}

/** A proof is good once; one too old to be taken anyway need not be remembered. */
function isFirst(id: string, network: PracticeNetwork): boolean {
  const [seen, nowMs] = [seenOf(network), network.now().getTime()];
  if (seen.get(id)) return false;
  for (const [old, { untilMs }] of seen.list()) {
    if (untilMs > nowMs) break; // the oldest come first
    seen.delete(old);
  }
  seen.put(id, { untilMs: nowMs + 2 * (maxAgeSeconds + toleranceSeconds) * 1000 });
  return true;
}

function bad(description: string): BadProof {
  return { error: "invalid_dpop_proof", description };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
