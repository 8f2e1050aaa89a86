import type { PracticeSignIn } from "../../practice/kit.ts";
import { signInWith } from "../families/practice-graph-sign-in.ts";

const scopes = [
  "instagram_business_basic",
  "instagram_business_content_publish",
  "instagram_business_manage_comments",
  "instagram_business_manage_insights",
  "instagram_business_manage_messages",
];

// https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login (checked 2026-11)
export const signIn: PracticeSignIn = {
  ...signInWith("ig", { idName: "userId", scopes }),
  tokenBody: ({ access_token: token, scope }, network) => ({
    data: [
      {
        access_token: token,
        user_id: network.collection<string>("tokens").get(String(token)),
        permissions: String(scope).replaceAll(" ", ","),
      },
    ],
  }),
};
