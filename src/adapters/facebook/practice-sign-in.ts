import type { PracticeNetwork, PracticeReply, PracticeRequest, PracticeSignIn } from "../../practice/kit.ts";
import { bindToken } from "../../practice/sign-in-store.ts";
import { errorReply, GraphRefusal } from "../families/practice-graph-errors.ts";
import { denial, living, longSeconds, orRefusal } from "../families/practice-graph-sign-in.ts";
import { issuePersonToken, personOf, rolesOf } from "./practice-people.ts";

const scopes = [
  "pages_show_list",
  "pages_manage_posts",
  "pages_read_engagement",
  "pages_manage_engagement",
  "business_management",
];

type App = { readonly clientId: string; readonly clientSecret: string };

// https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow (checked 2026-11)
export const signIn: PracticeSignIn = {
  authorizePath: "/v26.0/dialog/oauth",
  tokenPath: "/v26.0/oauth/access_token",
  pkce: "none",
  clientAuth: "post",
  scopes,
  scopeSeparator: ",",
  codeSeconds: 600,
  tokenSeconds: 5400,
  refresh: "none",
  denial: { ...denial, error_code: "200", error_description: "Permissions error" },
  fragment: "_=_",
  issue: issuePersonToken,
  tokenBody: ({ scope: _untold, ...answer }) => answer,
  tokenRefusal: (code) =>
    errorReply(
      code === "invalid_client"
        ? new GraphRefusal(1, "Error validating client secret.")
        : new GraphRefusal(100, "This authorization code has been used.", { subcode: 36009 }),
    ),
  routes: (app) => [
    { method: "GET", path: "/v26.0/oauth/access_token", handle: (...asked) => exchange(app, ...asked) },
    { method: "GET", path: "/v26.0/debug_token", handle: (...asked) => debugToken(app, ...asked) },
  ],
};

/** A token of some 60 days for one that is still good. */
function exchange(app: App, { query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  return orRefusal(() => {
    if (query.get("grant_type") !== "fb_exchange_token")
      throw new GraphRefusal(100, "Missing authorization code");
    if (query.get("client_id") !== app.clientId)
      throw new GraphRefusal(101, "Error validating application. Invalid application ID.");
    if (query.get("client_secret") !== app.clientSecret)
      throw new GraphRefusal(1, "Error validating client secret.");
    const { loginId, login } = living(query.get("fb_exchange_token"), network);
    const token = issuePersonToken(network, login.handle);
    bindToken(network, token, loginId, longSeconds);
    return { access_token: token, token_type: "bearer", expires_in: longSeconds };
  });
}

/** What stands in a token, for the app that it was made for. */
function debugToken(app: App, { query, token }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  return orRefusal(() => {
    if (token !== `${app.clientId}|${app.clientSecret}`)
      throw new GraphRefusal(
        100,
        "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app",
      );
    const asked = query.get("input_token") ?? "";
    const person = personOf(network, asked);
    if (!person) throw new GraphRefusal(190, "Invalid OAuth access token - Cannot parse access token");
    const { login } = living(asked, network);
    const target_ids = rolesOf(network, person).map(({ pageId }) => pageId);
    return {
      data: {
        app_id: app.clientId,
        type: "USER",
        is_valid: true,
        scopes: login.scopes,
        granular_scopes: login.scopes.map((scope) => ({ scope, target_ids })),
      },
    };
  });
}
