import type { Call, Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type InstagramCredentials, type Profile, request } from "./api.ts";

/**
 * `user_id` is the account; the `id` beside it is another for each app.
 * https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/get-started (checked 2026-11)
 */
export async function identify(call: Call<InstagramCredentials>): Promise<Identity> {
  const me = await request<Profile>(call, {
    method: "GET",
    path: "me",
    query: { fields: "user_id,username,name,account_type" },
  });
  const { userId } = call.credentials;
  if (userId !== undefined && userId !== "" && userId !== String(me.user_id))
    throw new PublishError(
      "forbidden",
      `This token speaks for @${me.username} (${me.user_id}) on Instagram, not for ${userId}: paste the token of that account`,
      { code: "other_account" },
    );
  return { externalId: String(me.user_id), handle: me.username, name: me.name || me.username };
}
