import type { Call } from "../contract/adapter.ts";
import type { LinkableIdentity, OAuthFlow } from "../contract/oauth.ts";
import { readBlogs, userAgent } from "./api.ts";

/**
 * Authorization Code without PKCE, which Tumblr does not document. Tokens live for some forty minutes, refresh tokens
 * change with each use. https://www.tumblr.com/docs/en/api/v2#oauth2-authorization (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: "/oauth2/authorize" },
  tokenPath: "/v2/oauth2/token",
  pkce: false,
  clientAuth: "post",
  headers: { "user-agent": userAgent },
  identities,
};

/** Every blog of the login; its id stays when its name changes. */
async function identities(call: Call<never>): Promise<LinkableIdentity[]> {
  const blogs = await readBlogs(call);
  return blogs.flatMap(({ uuid, name, title }) =>
    typeof uuid === "string" && typeof name === "string"
      ? [{ externalId: uuid, handle: name, name: title || name }]
      : [],
  );
}
