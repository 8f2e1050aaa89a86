import type { Variant } from "../../domain/post.ts";
import type { Call, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { idOf } from "../families/graph-api.ts";
import { permalinkOf, publishedAt } from "../families/graph-permalink.ts";
import { request, type ThreadsCredentials } from "./api.ts";
import { platform } from "./errors.ts";

/**
 * Publishes the container that `prepare` made: a post or a reply.
 * https://developers.facebook.com/docs/threads/posts#step-2--publish-a-threads-media-container (checked 2026-11)
 */
export async function publish(_variant: Variant, call: PublishCall<ThreadsCredentials>): Promise<Published> {
  const containerId = call.prepared?.values.containerId;
  if (!containerId)
    throw new PublishError("unavailable", "Nothing is prepared at Threads for this post yet", {
      notSent: true,
    });
  const id = await call.commit(async () => {
    const answer = await request<{ id?: string }>(call, {
      method: "POST",
      path: `${call.account.externalId}/threads_publish`,
      form: new URLSearchParams({ creation_id: containerId }),
    });
    return idOf(answer, platform);
  });
  return published(id, await permalinkOf(id, call, platform), call);
}

/** Ids do not lead to a post on the web: without a permalink the profile is the nearest place that is certain. */
export function published(
  externalId: string,
  permalink: string | undefined,
  call: Pick<Call<unknown>, "account" | "baseUrl">,
): Published {
  return publishedAt(
    externalId,
    permalink,
    `${call.baseUrl.web}/@${encodeURIComponent(call.account.handle)}`,
  );
}
