import type { PracticeSignIn } from "../../practice/kit.ts";

// https://developers.google.com/identity/protocols/oauth2/web-server (checked 2026-11)
export const signIn: PracticeSignIn = {
  authorizePath: "/o/oauth2/v2/auth",
  tokenPath: "/token",
  revokePath: "/revoke",
  pkce: "optional",
  clientAuth: "post",
  scopes: ["https://www.googleapis.com/auth/youtube.force-ssl"],
  codeSeconds: 600,
  tokenSeconds: 3599,
  refresh: "keeps",
  tokenRefusal: (error) => ({
    status: error === "invalid_client" ? 401 : 400,
    body: { error, error_description: error === "invalid_grant" ? "Bad Request" : "Unauthorized" },
  }),
};
