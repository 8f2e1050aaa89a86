import type { OAuthFlow } from "../contract/oauth.ts";
import { identities } from "./identities.ts";
import { pageScopes } from "./scopes.ts";

/**
 * Authorization Code without PKCE, which this flow does not document. Tokens live for 60 days; refresh tokens are for
 * partners that LinkedIn approved. One scope that the app has not, and LinkedIn refuses the whole login.
 * https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/oauth/v2/authorization" },
  tokenPath: "/oauth/v2/accessToken",
  // On no page of LinkedIn's, and used by other clients (checked 2026-11)
  revokePath: "/oauth/v2/revoke",
  pkce: false,
  clientAuth: "post",
  moreScopes: pageScopes,
  authorizeErrors: {
    user_cancelled_login: "access_denied",
    user_cancelled_authorize: "access_denied",
    unauthorized_scope_error: "invalid_scope",
    invalid_scope_error: "invalid_scope",
  },
  identities,
};
