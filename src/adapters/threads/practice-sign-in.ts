import type { PracticeSignIn } from "../../practice/kit.ts";
import { signInWith } from "../families/practice-graph-sign-in.ts";

const scopes = [
  "threads_basic",
  "threads_content_publish",
  "threads_manage_replies",
  "threads_read_replies",
  "threads_manage_insights",
  "threads_delete",
];

// https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions (checked 2026-11)
export const signIn: PracticeSignIn = {
  ...signInWith("th", { idName: "userId", scopes }),
  tokenBody: ({ access_token: token }, network) => ({
    access_token: token,
    user_id: Number(network.collection<string>("tokens").get(String(token))),
  }),
};
