import type { OAuthFlow } from "../contract/oauth.ts";
import { knowsApp, registerApp } from "./server-app.ts";

/**
 * Authorization Code with PKCE, which servers before 4.3 ignore. Tokens do not end, and there is nothing to renew.
 * https://docs.joinmastodon.org/spec/oauth/ (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/oauth/authorize" },
  tokenPath: "/oauth/token",
  revokePath: "/oauth/revoke",
  pkce: true,
  clientAuth: "post",
  registerApp,
  knowsApp,
};
