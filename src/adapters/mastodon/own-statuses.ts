import type { Call } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson } from "../contract/transport.ts";
import { type MastodonCredentials, request, type Status } from "./api.ts";

const pageSize = 40; // the most the server gives

/**
 * Newest first, replies among them. https://docs.joinmastodon.org/methods/accounts/#statuses (checked 2026-11)
 * @param before the id to go on from
 */
export async function ownStatuses(
  call: Call<MastodonCredentials>,
  before: string | undefined,
): Promise<readonly Status[]> {
  const query = new URLSearchParams({ limit: String(pageSize), exclude_reblogs: "true" });
  if (before !== undefined) query.set("max_id", before);
  const path = `/v1/accounts/${encodeURIComponent(call.account.externalId)}/statuses?${query}`;
  const statuses = await readJson<readonly Status[]>(await request(call, path), "Mastodon");
  if (!Array.isArray(statuses))
    throw new PublishError("unavailable", "Mastodon gave an answer we could not read", {
      code: "unreadable_answer",
    });
  return statuses;
}
