import type { Call, Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { unclear } from "../families/graph-api.ts";
import { type InstagramCredentials, type Profile, request } from "./api.ts";
import { platform } from "./errors.ts";

/**
 * `user_id` is the account; the `id` beside it is another for each app.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started (checked 2026-11)
 */
export async function identify(call: Call<InstagramCredentials>): Promise<Identity> {
  const me = await profile(call);
  const { userId } = call.credentials;
  if (userId !== undefined && userId !== "" && userId !== me.user_id)
    throw new PublishError(
      "forbidden",
      `This token speaks for @${me.username} (${me.user_id}) on Instagram, not for ${userId}: paste the token of that account`,
      { code: "other_account" },
    );
  return { externalId: me.user_id, handle: me.username, name: me.name || me.username };
}

/** The page shows a list of one, production a plain object. An id that came as a number is rounded: it may be another's. */
async function profile(call: Call<InstagramCredentials>): Promise<Profile> {
  const answer = await request<Profile & { readonly data?: readonly Profile[] }>(call, {
    method: "GET",
    path: "me",
    query: { fields: "user_id,username,name,account_type" },
  });
  const me: Profile | undefined = Array.isArray(answer.data) ? answer.data[0] : answer;
  if (typeof me?.user_id !== "string") throw unclear(platform);
  return me;
}
