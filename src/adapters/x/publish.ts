import type { Variant } from "../../domain/post.ts";
import type { Call, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { createPost, type NewPost, type XCredentials } from "./api.ts";
import { mediaIdsOf } from "./prepare.ts";

export async function publish(variant: Variant, call: PublishCall<XCredentials>): Promise<Published> {
  const post = newPost(variant, call);
  const id = await call.commit(() => createPost(call, post));
  return published(id, call);
}

/** The address leads to the post whatever the account is called. */
export function published(id: string, call: Pick<Call<unknown>, "baseUrl">): Published {
  return { state: "published", externalId: id, externalUrl: `${call.baseUrl.web}/i/web/status/${id}` };
}

/** @throws PublishError `unavailable` rather than posting a text without its pictures */
function newPost(variant: Variant, call: PublishCall<XCredentials>): NewPost {
  const text = textWithLink(variant);
  const mediaIds = mediaIdsOf(call.prepared);
  if (mediaIds.length !== variant.media.length)
    throw new PublishError("unavailable", "The files of this post are not on X yet");
  const { replySettings } = variant.options;
  return {
    ...(text !== "" && { text }),
    ...(mediaIds.length > 0 && { media: { media_ids: mediaIds } }),
    ...(call.parent && { reply: { in_reply_to_tweet_id: call.parent.externalId } }),
    // The first post of a conversation says who may answer.
    ...(typeof replySettings === "string" && !call.parent && { reply_settings: replySettings }),
  };
}
