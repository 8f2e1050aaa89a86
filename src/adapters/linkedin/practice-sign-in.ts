import type { PracticeReply, PracticeSignIn } from "../../practice/kit.ts";
import { loginToken } from "./practice-access.ts";
import { memberScopes, pageScopes } from "./scopes.ts";

/** https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow (checked 2026-11) */
export const signIn: PracticeSignIn = {
  authorizePath: "/oauth/v2/authorization",
  tokenPath: "/oauth/v2/accessToken",
  revokePath: "/oauth/v2/revoke",
  pkce: "none",
  clientAuth: "post",
  // Of an app with every product; a real one has those of one side.
  scopes: [...memberScopes, ...pageScopes],
  codeSeconds: 30 * 60,
  tokenSeconds: 60 * 86_400,
  refresh: "none",
  authorizeErrors: {
    access_denied: "user_cancelled_authorize",
    invalid_scope: "unauthorized_scope_error",
  },
  // As live answers have it: without a type, and with commas.
  tokenBody: ({ access_token, expires_in, scope }) => ({
    access_token,
    expires_in,
    scope: String(scope).replaceAll(" ", ","),
  }),
  tokenRefusal,
  issue: loginToken,
};

function tokenRefusal(code: string, misfit: boolean): PracticeReply {
  if (code === "invalid_client") return refusal(401, "invalid_client", "Client authentication failed");
  if (misfit)
    return refusal(
      400,
      "invalid_redirect_uri",
      "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. Or authorization code expired. Or external member binding exists",
    );
  if (code === "invalid_grant")
    return refusal(401, "invalid_request", "Unable to retrieve access token: authorization code not found");
  return refusal(400, "invalid_request", "The passed in grant_type is invalid");
}

function refusal(status: number, error: string, description: string): PracticeReply {
  return { status, body: { error, error_description: description } };
}
