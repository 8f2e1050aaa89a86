import type { Variant } from "../../domain/post.ts";
import type { Call, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { idOf } from "../families/graph-api.ts";
import { permalinkOf, publishedAt } from "../families/graph-permalink.ts";
import { type InstagramCredentials, request } from "./api.ts";
import { platform } from "./errors.ts";

type Instagram = PublishCall<InstagramCredentials>;

/** Publishes the container that `prepare` made, or writes the comment below a post that is public. */
export async function publish(variant: Variant, call: Instagram): Promise<Published> {
  return variant.role === "post" ? await publishContainer(call) : await publishComment(variant, call);
}

/** https://developers.facebook.com/docs/instagram-platform/content-publishing (checked 2026-11) */
async function publishContainer(call: Instagram): Promise<Published> {
  const containerId = call.prepared?.values.containerId;
  if (!containerId)
    throw new PublishError("unavailable", "Nothing is prepared at Instagram for this post yet", {
      notSent: true,
    });
  const mediaId = await call.commit(async () => {
    const answer = await request<{ id?: string }>(call, {
      method: "POST",
      path: `${call.account.externalId}/media_publish`,
      json: { creation_id: containerId },
    });
    return idOf(answer, platform);
  });
  return published(mediaId, await permalinkOf(mediaId, call, platform), call);
}

async function publishComment(variant: Variant, call: Instagram): Promise<Published> {
  const { parent } = call;
  if (!parent)
    throw new PublishError("invalid", "A comment needs the Instagram post it belongs to", { notSent: true });
  const commentId = await call.commit(async () => {
    const answer = await request<{ id?: string }>(call, {
      method: "POST",
      path: `${parent.externalId}/comments`,
      json: { message: textWithLink(variant) },
    });
    return idOf(answer, platform);
  });
  return published(commentId, await permalinkOf(parent.externalId, call, platform), call);
}

/** @param permalink of the post; a comment has none of its own */
export function published(
  externalId: string,
  permalink: string | undefined,
  call: Pick<Call<unknown>, "account" | "baseUrl">,
): Published {
  // Ids do not lead to a post on the web: without a permalink the profile is the nearest place that is certain.
  return publishedAt(
    externalId,
    permalink,
    `${call.baseUrl.web}/${encodeURIComponent(call.account.handle)}/`,
  );
}
