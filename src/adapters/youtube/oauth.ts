import type { OAuthFlow } from "../contract/oauth.ts";

/**
 * Google's login. Without `offline` and `consent` there is no refresh token the second time; the one there is stays.
 * https://developers.google.com/identity/protocols/oauth2/web-server (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/o/oauth2/v2/auth", params: { access_type: "offline", prompt: "consent" } },
  tokenPath: "/token",
  revokePath: "/revoke",
  pkce: true,
  clientAuth: "post",
};
