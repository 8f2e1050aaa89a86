import type { Call } from "../contract/adapter.ts";
import type { AppCredentials, LinkableIdentity, OAuthFlow, OAuthPlace, TokenSet } from "../contract/oauth.ts";
import { PublishError } from "../contract/publish-error.ts";
import { graphVersion } from "../families/graph-api.ts";
import { askForToken, duringLogin, refusedLogin } from "../families/graph-login.ts";
import { request } from "./api.ts";
import { platform } from "./errors.ts";
import { pagesOf } from "./pages.ts";

const tokenPath = `/${graphVersion}/oauth/access_token`;

/** Without these no page could be found, or nothing be posted there. */
const needed = ["pages_show_list", "pages_manage_posts", "pages_read_engagement"];

/**
 * A person logs in, and we post with the tokens of their pages, which do not end with the login. `rerequest` asks again
 * for what somebody declined earlier. Nothing is revoked when a page is disconnected: Facebook takes back only the whole
 * app's permission, for all pages of this person in every workspace.
 * https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow (checked 2026-11)
 */
export const oauth: OAuthFlow = {
  authorize: { path: `/${graphVersion}/dialog/oauth`, params: { auth_type: "rerequest" } },
  tokenPath,
  pkce: false,
  clientAuth: "post",
  scopeSeparator: ",",
  refusal: (answer) => refusedLogin(answer, platform),
  lengthen,
  identities,
};

/**
 * Some 60 days: the tokens of pages have no end only when asked for with such a one.
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived (checked 2026-11)
 */
async function lengthen(token: TokenSet, app: AppCredentials, place: OAuthPlace): Promise<TokenSet> {
  const host = place.baseUrl.token ?? place.baseUrl.api;
  const fresh = await askForToken(place, platform, host + tokenPath, {
    grant_type: "fb_exchange_token",
    client_id: app.clientId,
    client_secret: app.clientSecret,
    fb_exchange_token: token.accessToken,
  });
  const scopes = await granted(fresh.accessToken, place);
  const missing = needed.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0)
    throw new PublishError(
      "forbidden",
      `You did not allow Clarion everything it needs to post to a Facebook page (${missing.join(", ")}). Connect again and allow it`,
      { code: "permission_missing" },
    );
  return { ...token, ...fresh, scopes };
}

function identities(
  call: Call<never>,
  { app }: { readonly app: AppCredentials },
): Promise<LinkableIdentity[]> {
  return pagesOf(call, app).catch(inWords);
}

function inWords(error: unknown): never {
  throw error instanceof PublishError ? duringLogin(error, platform) : error;
}

/** People may decline single permissions. https://developers.facebook.com/docs/graph-api/reference/user/permissions (checked 2026-11) */
async function granted(accessToken: string, place: OAuthPlace): Promise<readonly string[]> {
  const { data } = await request<{ data?: readonly { permission?: unknown; status?: unknown }[] }>(
    { ...place, credentials: { accessToken } },
    { method: "GET", path: "me/permissions" },
  ).catch(inWords);
  return (data ?? []).flatMap(({ permission, status }) =>
    status === "granted" && typeof permission === "string" ? [permission] : [],
  );
}
