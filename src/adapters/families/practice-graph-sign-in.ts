import { randomBytes } from "node:crypto";
import type {
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
  PracticeSignIn,
} from "../../practice/kit.ts";
import { bindToken, type IssuedToken, issued } from "../../practice/sign-in-store.ts";
import { registerAccount } from "./practice-graph.ts";
import { errorReply, GraphRefusal, withoutPermission } from "./practice-graph-errors.ts";

const dayMs = 86_400_000;
/** What Meta's own samples say of 60 days. */
export const longSeconds = 5_183_944;

export const denial = { error_reason: "user_denied", error_description: "The user denied your request" };

/** Instagram's and Threads' login, which are the same but for names and scopes. */
export function signInWith(
  prefix: "ig" | "th",
  { idName, scopes }: { readonly idName: string; readonly scopes: readonly string[] },
): PracticeSignIn {
  return {
    authorizePath: "/oauth/authorize",
    tokenPath: "/oauth/access_token",
    pkce: "none",
    clientAuth: "post",
    scopes,
    scopeSeparator: ",",
    codeSeconds: 3600,
    tokenSeconds: 3600,
    refresh: "none",
    denial,
    fragment: "_",
    tokenRefusal: (code) =>
      older(
        code === "invalid_client"
          ? "Error validating client secret."
          : "Matching code was not found or was already used",
      ),
    routes: ({ clientSecret }) => [
      tokenRoute("/access_token", `${prefix}_exchange_token`, idName, ({ query }, network) => {
        if (query.get("client_secret") !== clientSecret)
          throw new GraphRefusal(100, "Error validating client secret.");
        return living(query.get("access_token"), network);
      }),
      tokenRoute("/refresh_access_token", `${prefix}_refresh_token`, idName, ({ query }, network) => {
        const token = living(query.get("access_token"), network);
        // What Meta says of one that is too young stands on no page.
        if (network.now().getTime() - token.issuedAt.getTime() < dayMs)
          throw new GraphRefusal(100, "The access token is not old enough to be refreshed");
        if (!token.login.scopes.includes(scopes[0] ?? "")) throw withoutPermission(prefix);
        return token;
      }),
    ],
  };
}

/** Gives one more token of a login, for 60 days. */
function tokenRoute(
  path: string,
  grantType: string,
  idName: string,
  check: (request: PracticeRequest, network: PracticeNetwork) => IssuedToken,
): PracticeRoute {
  return {
    method: "GET",
    path,
    handle: (request, network) =>
      orRefusal(() => {
        if (request.query.get("grant_type") !== grantType)
          throw new GraphRefusal(100, `(#100) Param grant_type must be ${grantType}`);
        const { loginId, login } = check(request, network);
        const { accessToken = "" } = registerAccount(network, login.handle, idName).credentials;
        bindToken(network, accessToken, loginId, longSeconds);
        return { access_token: accessToken, token_type: "bearer", expires_in: longSeconds };
      }),
  };
}

/** @throws GraphRefusal for a token that has ended, was revoked, or came from no login */
export function living(token: string | null, network: PracticeNetwork): IssuedToken {
  const found = issued(network, token ?? "");
  if (found) return found;
  throw new GraphRefusal(190, "Error validating access token: Session has expired.", { subcode: 463 });
}

export function orRefusal(answer: () => unknown): PracticeReply {
  try {
    return { status: 200, headers: { "cache-control": "no-store" }, body: answer() };
  } catch (error) {
    if (error instanceof GraphRefusal) return errorReply(error);
    throw error;
  }
}

/** As the endpoint that trades codes refuses, on both. */
function older(message: string): PracticeReply {
  return { status: 400, body: { error_type: "OAuthException", code: 400, error_message: message } };
}

export function newToken(): string {
  return `EAA${randomBytes(48).toString("base64url")}`;
}
