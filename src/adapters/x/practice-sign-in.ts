import type { PracticeSignIn } from "../../practice/kit.ts";
import { scopes } from "./scopes.ts";

// https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code (checked 2026-11)
export const signIn: PracticeSignIn = {
  authorizePath: "/i/oauth2/authorize",
  tokenPath: "/2/oauth2/token",
  revokePath: "/2/oauth2/revoke",
  pkce: "required",
  clientAuth: "basic",
  scopes,
  codeSeconds: 30,
  tokenSeconds: 7200,
  refresh: "rotates",
  tokenRefusal: (code) => ({
    status: code === "invalid_client" ? 401 : 400,
    body: {
      error: code === "invalid_client" ? "unauthorized_client" : "invalid_request",
      error_description:
        code === "invalid_client"
          ? "Missing valid authorization header"
          : "Value passed for the token was invalid.",
    },
  }),
};
