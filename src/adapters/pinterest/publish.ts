import type { Variant } from "../../domain/post.ts";
import type { Call, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { createPin, type PinterestCredentials } from "./api.ts";
import { lazyJson, mediaSource, type NewPin } from "./pin-body.ts";
import { linkOf } from "./rules.ts";
import { altTextOf } from "./text.ts";

/** One Pin. Pictures travel inside the request; a video was uploaded before. */
export async function publish(variant: Variant, call: PublishCall<PinterestCredentials>): Promise<Published> {
  const pin = newPin(variant, call);
  const pictures = await Promise.all(
    variant.media.filter(({ kind }) => kind === "image").map(({ id }) => call.media.open(id)),
  );
  const { id } = await call.commit(() => createPin(call, lazyJson(pin, pictures)));
  return published(id, call);
}

export function published(id: string, call: Pick<Call<unknown>, "baseUrl">): Published {
  return { state: "published", externalId: id, externalUrl: `${call.baseUrl.web}/pin/${id}/` };
}

/** @throws PublishError `unavailable` rather than sending a Pin that is not ready */
function newPin(variant: Variant, call: PublishCall<PinterestCredentials>): NewPin {
  const { boardId, mediaId } = call.prepared?.values ?? {};
  const isVideo = variant.media.some(({ kind }) => kind === "video");
  if (!boardId || (isVideo && !mediaId))
    throw new PublishError("unavailable", "This Pin is not prepared at Pinterest yet", { notSent: true });
  const { title } = variant.options;
  const link = linkOf(variant);
  const altText = altTextOf(variant.media);
  return {
    board_id: boardId,
    ...(typeof title === "string" && title !== "" && { title }),
    ...(variant.text !== "" && { description: variant.text }),
    ...(link !== null && { link }),
    ...(altText !== "" && { alt_text: altText }),
    media_source: mediaSource(variant.media, isVideo ? mediaId : undefined),
  };
}
