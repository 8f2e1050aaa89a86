import type { OAuthFlow } from "../contract/oauth.ts";

/**
 * Authorization Code without PKCE, which Pinterest does not document. Refresh tokens live for 60 days and are renewed
 * with each use. https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/oauth/" },
  tokenPath: "/v5/oauth/token",
  revokePath: "/v5/oauth/token/revoke",
  pkce: false,
  clientAuth: "basic",
  scopeSeparator: ",",
};
