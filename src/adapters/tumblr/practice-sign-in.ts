import type { PracticeSignIn } from "../../practice/kit.ts";

// https://www.tumblr.com/docs/en/api/v2#oauth2-authorization (checked 2026-11)
export const signIn: PracticeSignIn = {
  authorizePath: "/oauth2/authorize",
  tokenPath: "/v2/oauth2/token",
  pkce: "none",
  clientAuth: "post",
  scopes: ["basic", "write", "offline_access"],
  codeSeconds: 600,
  tokenSeconds: 2520,
  refresh: "rotates",
};
