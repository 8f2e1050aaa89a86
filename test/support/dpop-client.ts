import { createHash, randomBytes, randomUUID } from "node:crypto";
import { exportJWK, generateKeyPair, type JWK, type KeyLike, SignJWT } from "jose";

/** What a proof says, to be told otherwise. */
export interface ProofChanges {
  readonly htm?: string;
  readonly htu?: string;
  readonly iat?: number;
  readonly jti?: string;
  readonly nonce?: string | undefined;
  readonly ath?: string | undefined;
}

export interface DpopAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export type DpopClient = Awaited<ReturnType<typeof openDpopClient>>;

/** An app with a key of its own, that speaks to the pretend Bluesky at `base` without our client. */
export async function openDpopClient(base: string) {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const jwk = await exportJWK(publicKey);
  let nonce: string | undefined;
  const send = async (url: string, init: RequestInit): Promise<DpopAnswer> => {
    const answer = await fetch(url, { ...init, redirect: "manual" });
    nonce = answer.headers.get("dpop-nonce") ?? nonce;
    const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
    return { status: answer.status, headers: answer.headers, body };
  };
  const client = {
    privateJwk: await exportJWK(privateKey),
    proof: (method: string, url: string, changes: ProofChanges = {}) =>
      proof(privateKey, jwk, { htm: method, htu: url.split("?")[0] ?? "", nonce, ...changes }),
    /** To the token endpoint and its siblings. */
    async form(
      path: string,
      fields: Readonly<Record<string, string>>,
      changes: ProofChanges & { readonly dpop?: string } = {},
    ): Promise<DpopAnswer> {
      const { dpop = await client.proof("POST", base + path, changes) } = changes;
      return send(base + path, { method: "POST", headers: { dpop }, body: new URLSearchParams(fields) });
    },
    /** With an access token, to a method that only reads. */
    async ask(accessToken: string, changes: ProofChanges & { readonly scheme?: string; dpop?: string } = {}) {
      const url = `${base}/xrpc/com.atproto.server.getSession`;
      const ath = createHash("sha256").update(accessToken).digest("base64url");
      const { scheme = "DPoP", dpop = await client.proof("GET", url, { ath, ...changes }) } = changes;
      return send(url, { headers: { authorization: `${scheme} ${accessToken}`, dpop } });
    },
    /** So that a nonce is known. */
    warmUp: () => client.form("/oauth/token", {}),
  };
  return client;
}

function proof(key: KeyLike, jwk: JWK, claims: ProofChanges): Promise<string> {
  return new SignJWT({ jti: randomUUID(), ...claims, iat: claims.iat ?? Math.floor(Date.now() / 1000) })
    .setProtectedHeader({ typ: "dpop+jwt", alg: "ES256", jwk })
    .sign(key);
}

export const redirectUri = "http://127.0.0.1:3000/oauth/bluesky/callback";
export const clientId = `http://localhost?${new URLSearchParams({ redirect_uri: redirectUri, scope: "atproto transition:generic" })}`;

export function newVerifier() {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** What a good request asks for. */
export function asked(challenge: string): Record<string, string> {
  return {
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: "atproto transition:generic",
    state: "a state",
    code_challenge: challenge,
    code_challenge_method: "S256",
  };
}

/** A person says yes, or not. @returns the address they are sent back to */
export async function answerAt(base: string, requestUri: string, answer = "allow"): Promise<URL> {
  const query = new URLSearchParams({ client_id: clientId, request_uri: requestUri });
  const page = await fetch(`${base}/oauth/authorize?${query}`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ handle: "water_now", answer }),
  });
  return new URL(page.headers.get("location") ?? "about:blank");
}
