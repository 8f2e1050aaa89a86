import type { OAuthFlow } from "../contract/oauth.ts";

/**
 * Authorization Code with PKCE; the refresh token changes with every use.
 * https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/i/oauth2/authorize" },
  tokenPath: "/2/oauth2/token",
  revokePath: "/2/oauth2/revoke",
  pkce: true,
  clientAuth: "basic",
};
