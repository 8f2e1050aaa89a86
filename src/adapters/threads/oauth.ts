import type { OAuthFlow } from "../contract/oauth.ts";
import { longLived } from "../families/graph-login.ts";
import { platform } from "./errors.ts";

/**
 * The Threads app's own id and secret: not those of the Meta app around it. Whose token it is we ask `me`: the `user_id`
 * beside it is a number that JavaScript would round.
 * https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/oauth/authorize" },
  tokenPath: "/oauth/access_token",
  pkce: false,
  clientAuth: "post",
  scopeSeparator: ",",
  ...longLived(platform, "th"),
};
