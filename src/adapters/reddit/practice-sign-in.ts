import type { PracticeSignIn } from "../../practice/kit.ts";

// https://github.com/reddit-archive/reddit/wiki/OAuth2 (checked 2026-11)
export const signIn: PracticeSignIn = {
  authorizePath: "/api/v1/authorize",
  tokenPath: "/api/v1/access_token",
  revokePath: "/api/v1/revoke_token",
  pkce: "none",
  clientAuth: "basic",
  scopes: ["identity", "submit", "read", "history", "edit", "flair"],
  codeSeconds: 600,
  tokenSeconds: 86_400,
  refresh: "keeps",
  // Most refusals come with 200.
  tokenRefusal: (code) =>
    code === "invalid_client"
      ? { status: 401, body: { message: "Unauthorized", error: 401 } }
      : { status: 200, body: { error: code } },
};
