import type { OAuthFlow } from "../contract/oauth.ts";

/**
 * Authorization Code without PKCE, which Reddit does not know; `permanent` gives a refresh token that stays the same.
 * https://github.com/reddit-archive/reddit/wiki/OAuth2 (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/api/v1/authorize", params: { duration: "permanent" } },
  tokenPath: "/api/v1/access_token",
  revokePath: "/api/v1/revoke_token",
  pkce: false,
  clientAuth: "basic",
  headers: { "user-agent": "web:clarion:1 (self-hosted post scheduler)" },
};
