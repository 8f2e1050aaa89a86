import { randomBytes } from "node:crypto";
import { JoseKey } from "@atproto/jwk-jose";
import {
  atprotoLoopbackClientMetadata,
  buildAtprotoLoopbackClientId,
  Keyset,
  type OAuthClientMetadataInput,
} from "@atproto/oauth-client";
import { isPublicUrl } from "../../domain/public-url.ts";
import type { AppCredentials } from "../contract/oauth.ts";
import { PublishError } from "../contract/publish-error.ts";

/**
 * What an app password may do as well, but for its owner's messages. Finer ones are not known to every server yet.
 * https://atproto.com/specs/oauth#authorization-scopes (checked 2026-11)
 */
export const scopes = ["atproto", "transition:generic"] as const;

const scope = scopes.join(" ");

/** What the official client wants to know of us. */
export interface Client {
  readonly metadata: OAuthClientMetadataInput;
  /** Absent: one that runs on a person's own machine proves nothing. */
  readonly keyset?: Keyset;
  readonly authMethod: { readonly method: "none" } | { readonly method: "private_key_jwt"; kid: string };
}

/**
 * Nobody registers: an app is an address at which its description can be read. One that proves itself with a key keeps
 * logins for two years, one that cannot for two weeks. On this machine alone there is no such address, and servers take
 * one that says it all. https://atproto.com/specs/oauth#clients (checked 2026-11)
 */
export async function registerApp(redirectUri: string): Promise<AppCredentials> {
  const { protocol, hostname } = new URL(redirectUri);
  if (protocol === "http:" && (hostname === "127.0.0.1" || hostname === "[::1]"))
    return {
      clientId: buildAtprotoLoopbackClientId({ scope, redirect_uris: [redirectUri] }),
      clientSecret: "",
    };
  if (!isPublicUrl(redirectUri))
    throw new PublishError(
      "forbidden",
      "Bluesky sends nobody back to this address of Clarion: its operator must set PUBLIC_URL to one with https://, or to http://127.0.0.1. Until then, connect the account with an app password",
      { code: "public_url_unfit" },
    );
  const kid = randomBytes(16).toString("hex");
  const key = (await JoseKey.generate(["ES256"], kid)).privateJwk;
  return {
    clientId: new URL(`client/${kid}.json`, redirectUri).href,
    clientSecret: JSON.stringify({ ...key, alg: "ES256", key_ops: ["sign"] }),
  };
}

export async function clientOf({ clientId, clientSecret }: AppCredentials): Promise<Client> {
  if (clientSecret === "")
    return { metadata: atprotoLoopbackClientMetadata(clientId), authMethod: { method: "none" } };
  const key = await JoseKey.fromJWK(clientSecret);
  const keyset = new Keyset([key]);
  const metadata = {
    client_id: clientId,
    client_name: "Clarion",
    client_uri: new URL(clientId).origin,
    redirect_uris: [redirectUriOf(clientId)],
    scope,
    response_types: ["code"],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    application_type: "web",
    dpop_bound_access_tokens: true,
    jwks: keyset.toJSON(),
  } as OAuthClientMetadataInput;
  return { metadata, keyset, authMethod: { method: "private_key_jwt", kid: key.kid as string } };
}

function redirectUriOf(clientId: string): string {
  return new URL("../callback", clientId).href;
}
