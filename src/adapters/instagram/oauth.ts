import type { OAuthFlow } from "../contract/oauth.ts";
import { longLived } from "../families/graph-login.ts";
import { platform } from "./errors.ts";

/**
 * Instagram Login, with the Instagram app's own id and secret: not those of the Meta app around it. Codes are traded on
 * another host than the one that lengthens and renews.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/oauth/authorize" },
  tokenPath: "/oauth/access_token",
  pkce: false,
  clientAuth: "post",
  scopeSeparator: ",",
  normalise,
  ...longLived(platform, "ig"),
};

/** The page shows a list of one, production a plain object; what was allowed comes as a list or with commas. */
function normalise(answer: unknown): unknown {
  const { data } = answer as { readonly data?: unknown };
  const given: unknown = Array.isArray(data) ? data[0] : answer;
  if (typeof given !== "object" || given === null) return answer;
  const { permissions, ...token } = given as { readonly permissions?: string | readonly string[] };
  return { ...token, ...(permissions !== undefined && { scope: [permissions].flat().join(" ") }) };
}
