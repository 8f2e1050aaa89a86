import type { PracticeReply, PracticeSignIn } from "../../practice/kit.ts";
import { newToken } from "./practice-accounts.ts";
import { allScopes, appOf, appToken } from "./practice-apps.ts";

/** https://docs.joinmastodon.org/spec/oauth/, with the sentences of Mastodon's library Doorkeeper (checked 2026-11) */
const sentences: Readonly<Record<string, string>> = {
  invalid_client:
    "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.",
  invalid_grant:
    "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.",
  unsupported_grant_type: "The authorization grant type is not supported by the authorization server.",
  unauthorized_client: "You are not authorized to revoke this token",
};

export const signIn: PracticeSignIn = {
  authorizePath: "/oauth/authorize",
  tokenPath: "/oauth/token",
  revokePath: "/oauth/revoke",
  pkce: "optional",
  clientAuth: "post",
  scopes: allScopes,
  codeSeconds: 600,
  tokenSeconds: null,
  refresh: "none",
  tokenBody: (answer) => ({ ...answer, token_type: "Bearer" }),
  tokenRefusal: (error) => refusal(error === "invalid_client" ? 401 : 400, error),
  revokeRefusal: refusal(403, "unauthorized_client"),
  issue: newToken,
  knowsApp: (network, clientId, redirectUri) => {
    const app = appOf(network, clientId);
    return app?.redirectUris.includes(redirectUri) ? app.clientSecret : undefined;
  },
  scopesOf: (network, clientId) => appOf(network, clientId)?.scopes,
  appToken,
};

function refusal(status: number, error: string): PracticeReply {
  return { status, body: { error, error_description: sentences[error] ?? error } };
}
