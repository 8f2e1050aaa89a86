import { readFile } from "node:fs/promises";
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose";
import { isUrl } from "../../domain/is-url.ts";
import type { PracticeNetwork } from "../../practice/kit.ts";

/** An app, as it describes itself. */
export interface App {
  readonly clientId: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly authMethod: "none" | "private_key_jwt";
  readonly jwks?: JSONWebKeySet;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * The app that makes a request, if it is what it says. https://atproto.com/specs/oauth#clients (checked 2026-11)
 * @returns undefined where it is not known, or did not prove itself
 */
export async function appOf(
  fields: Readonly<Record<string, string>>,
  network: PracticeNetwork,
): Promise<App | undefined> {
  const app = await described(fields.client_id ?? "", network);
  if (!app) return undefined;
  if (app.authMethod === "none") return fields.client_assertion === undefined ? app : undefined;
  return (await hasProven(app, fields, network)) ? app : undefined;
}

async function described(clientId: string, network: PracticeNetwork): Promise<App | undefined> {
  if (/^http:\/\/localhost\/?(\?|$)/.test(clientId)) return onOwnMachine(clientId);
  if (!/^https:\/\/[^/?#]+\/[^?#]*[^/?#]$/.test(clientId)) return undefined;
  try {
    const { path } = await network.pull(clientId);
    return read(clientId, JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}

/** It says it all in its name, and comes back to this machine only. */
function onOwnMachine(clientId: string): App | undefined {
  const { searchParams } = new URL(clientId);
  const redirectUris = searchParams.getAll("redirect_uri");
  const scopes = (searchParams.get("scope") ?? "atproto").split(" ");
  const isLocal = redirectUris.every((uri) => /^http:\/\/(127\.0\.0\.1|\[::1\])(:\d+)?\//.test(uri));
  return isLocal ? { clientId, redirectUris, scopes, authMethod: "none" } : undefined;
}

interface Metadata {
  readonly client_id?: unknown;
  readonly redirect_uris?: unknown;
  readonly scope?: unknown;
  readonly token_endpoint_auth_method?: unknown;
  readonly dpop_bound_access_tokens?: unknown;
  readonly jwks?: unknown;
}

function read(clientId: string, said: Metadata): App | undefined {
  const { redirect_uris: uris, scope, token_endpoint_auth_method: authMethod, jwks } = said;
  if (said.client_id !== clientId || said.dpop_bound_access_tokens !== true) return undefined;
  if (!Array.isArray(uris) || typeof scope !== "string") return undefined;
  const { origin } = new URL(clientId);
  const redirectUris = uris.map(String);
  if (!redirectUris.every((uri) => isUrl(uri) && new URL(uri).origin === origin)) return undefined;
  const app = { clientId, redirectUris, scopes: scope.split(" ") };
  if (authMethod === "none") return { ...app, authMethod };
  if (authMethod !== "private_key_jwt" || !jwks) return undefined;
  return { ...app, authMethod, jwks: jwks as JSONWebKeySet };
}

/** An assertion is good once, for a minute. https://www.rfc-editor.org/rfc/rfc7523#section-3 */
async function hasProven(
  { clientId, jwks }: App,
  fields: Readonly<Record<string, string>>,
  network: PracticeNetwork,
): Promise<boolean> {
  if (fields.client_assertion_type !== assertionType || !jwks) return false;
  try {
    const { payload } = await jwtVerify(fields.client_assertion ?? "", createLocalJWKSet(jwks), {
      issuer: clientId,
      subject: clientId,
      audience: new URL(network.baseUrl).origin,
      algorithms: ["ES256"],
      maxTokenAge: 60,
      clockTolerance: 60,
      currentDate: network.now(),
      requiredClaims: ["jti"],
    });
    const seen = network.collection<true>("assertions");
    if (seen.get(payload.jti as string)) return false;
    seen.put(payload.jti as string, true);
    return true;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return false;
    throw error;
  }
}
