import type { Call, Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type Profile, request, type ThreadsCredentials } from "./api.ts";

/** https://developers.facebook.com/docs/threads/threads-profiles (checked 2026-11) */
export async function identify(call: Call<ThreadsCredentials>): Promise<Identity> {
  const me = await request<Profile>(call, {
    method: "GET",
    path: "me",
    query: { fields: "id,username,name" },
  });
  const { userId } = call.credentials;
  if (userId !== undefined && userId !== "" && userId !== me.id)
    throw new PublishError(
      "forbidden",
      `This token speaks for @${me.username} (${me.id}) on Threads, not for ${userId}: paste the token of that account`,
      { code: "other_account" },
    );
  return { externalId: me.id, handle: me.username, name: me.name || me.username };
}
