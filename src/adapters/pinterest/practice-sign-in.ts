import type { PracticeSignIn } from "../../practice/kit.ts";

// https://developers.pinterest.com/docs/getting-started/set-up-authentication-and-authorization/ (checked 2026-11)
export const signIn: PracticeSignIn = {
  authorizePath: "/oauth/",
  tokenPath: "/v5/oauth/token",
  revokePath: "/v5/oauth/token/revoke",
  pkce: "none",
  clientAuth: "basic",
  scopes: ["boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read"],
  scopeSeparator: ",",
  codeSeconds: 300,
  tokenSeconds: 30 * 86_400,
  refresh: "rotates",
  tokenBody: (answer) => ({
    ...answer,
    response_type: "authorization_code",
    refresh_token_expires_in: 60 * 86_400,
  }),
  tokenRefusal: (code) =>
    code === "invalid_client"
      ? { status: 401, body: { code: 2, message: "Authentication failed." } }
      : { status: 400, body: { code: 283, message: "Your authorization code or refresh token is invalid." } },
};
