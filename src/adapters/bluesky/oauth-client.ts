import { createHash, randomBytes } from "node:crypto";
import { JoseKey } from "@atproto/jwk-jose";
import { type HandleResolver, OAuthClient, type OAuthServerAgent } from "@atproto/oauth-client";
import type { AppCredentials, OAuthPlace } from "../contract/oauth.ts";
import { PublishError } from "../contract/publish-error.ts";
import { send } from "../contract/transport.ts";
import { nonceStore } from "./dpop.ts";
import { reached } from "./login.ts";
import { clientOf } from "./oauth-app.ts";
import { xrpc } from "./xrpc.ts";

/** Headers of an answer that the official client reads. */
const readHeaders = ["content-type", "dpop-nonce", "www-authenticate"];

/**
 * The official client's discovery, proofs and checks. It keeps nothing of its own: who is logging in, and with what, lies
 * in our rows, which decide what may be done and how often.
 */
export async function officialClient(app: AppCredentials, place: OAuthPlace): Promise<OAuthClient> {
  const { metadata, keyset } = await clientOf(app);
  const { directory } = place.baseUrl;
  return new OAuthClient({
    clientMetadata: metadata as never, // checked by the client itself
    ...(keyset && { keyset }),
    responseMode: "query",
    // http is taken from loopback addresses alone, and those are refused by our own guard unless an operator allows them.
    allowHttp: true,
    fetch: guarded(place),
    handleResolver: handlesAt(place),
    ...(directory !== undefined && { plcDirectoryUrl: directory }),
    dpopNonceCache: nonceStore(place.now),
    stateStore: nothing,
    sessionStore: nothing,
    runtimeImplementation: {
      createKey: (algorithms) => JoseKey.generate(algorithms),
      getRandomValues: randomBytes,
      digest: (bytes, { name }) => createHash(name).update(bytes).digest(),
    },
  });
}

/** The server that logs a person in, as our app with this key. */
export async function serverAt(
  issuer: string,
  dpopKey: string,
  app: AppCredentials,
  place: OAuthPlace,
): Promise<OAuthServerAgent> {
  const { serverFactory } = await officialClient(app, place);
  const { authMethod } = await clientOf(app);
  const { signal } = place;
  return serverFactory.fromIssuer(issuer, authMethod, await JoseKey.fromJWK(dpopKey), { signal });
}

const nothing = { get: () => undefined, set: () => {}, del: () => {} };

/** Our guarded client, as the official one wants it: follows nothing, and hands on every answer. */
function guarded(place: OAuthPlace) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    const line = { ...place, signal: AbortSignal.any([place.signal, request.signal]) };
    const body = method === "GET" ? null : await request.text();
    const answer = await send(line, "Bluesky", reached(place.baseUrl, url), {
      method,
      headers: Object.fromEntries(headers),
      body,
    });
    const kept = readHeaders.flatMap((name): [string, string][] => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    });
    const text = await answer.text();
    const bodyless = [204, 205, 304].includes(answer.status);
    return new Response(bodyless ? null : text, { status: answer.status, headers: kept });
  };
}

/** By the server we start from, which asks the name's own: the document of its identity has to say the same. */
function handlesAt(place: OAuthPlace): HandleResolver {
  return {
    async resolve(handle) {
      try {
        const params = { handle };
        const { did } = await xrpc<{ did?: unknown }>(place, "com.atproto.identity.resolveHandle", {
          params,
        });
        return typeof did === "string" ? (did as never) : null;
      } catch (error) {
        if (error instanceof PublishError && error.kind === "invalid") return null;
        throw error;
      }
    },
  };
}
