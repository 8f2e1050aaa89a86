import type { Media, Variant } from "../../domain/post.ts";
import type { Call } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { idOf } from "../families/graph-api.ts";
import type { ContainerState, Containers } from "../families/graph-containers.ts";
import { refusalByCode } from "../families/graph-errors.ts";
import { unlessGone } from "../families/graph-gone.ts";
import { type Container, type InstagramCredentials, readContainer, request } from "./api.ts";
import { platform } from "./errors.ts";

type Instagram = Call<InstagramCredentials>;

/** https://developers.facebook.com/docs/instagram-platform/content-publishing (checked 2026-11) */
export const containers: Containers<InstagramCredentials> = {
  platformName: platform.name,
  async single(variant, call) {
    const [media] = variant.media;
    if (!media) throw new PublishError("invalid", "Instagram needs a picture or a video", { notSent: true });
    return await create({ ...source(media, call, "REELS"), ...caption(variant) }, call);
  },
  // Captions belong to the carousel, not to its parts.
  part: (media, call) => create({ ...source(media, call, "VIDEO"), is_carousel_item: true }, call),
  carousel: (variant, partIds, call) =>
    create({ media_type: "CAROUSEL", children: partIds.join(","), ...caption(variant) }, call),
  stateOf,
};

async function create(fields: Readonly<Record<string, unknown>>, call: Instagram): Promise<string> {
  const answer = await request<{ id?: string }>(call, {
    method: "POST",
    path: `${call.account.externalId}/media`,
    json: fields,
  });
  return idOf(answer, platform);
}

function source(media: Media, call: Instagram, videoType: "REELS" | "VIDEO"): Record<string, unknown> {
  const url = call.media.publicUrl(media.id);
  if (media.kind === "video")
    return { media_type: videoType, video_url: url, ...(videoType === "REELS" && { share_to_feed: true }) };
  return { image_url: url, ...(media.altText !== "" && { alt_text: media.altText }) };
}

function caption(variant: Variant): { readonly caption?: string } {
  const text = textWithLink(variant);
  return text === "" ? {} : { caption: text };
}

async function stateOf(containerId: string, call: Instagram): Promise<ContainerState> {
  const container = await unlessGone(() => readContainer(containerId, call));
  switch (container?.status_code) {
    case "FINISHED":
    case "PUBLISHED": // never made anew: publishing tells that it is public already
      return "finished";
    case "ERROR":
      return afterError(container);
    case "EXPIRED":
    case undefined:
      return "lost";
    default:
      return "working";
  }
}

/** The subcode stands among words: `Error: Media upload has failed with error code 2207026`. */
function afterError({ status = "" }: Container): "lost" {
  const subcode = /\b22\d{5}\b/.exec(status)?.[0];
  const refusal = subcode === undefined ? undefined : refusalByCode(Number(subcode), platform);
  if (!refusal || refusal.kind === "unavailable") return "lost";
  throw new PublishError(refusal.kind, `${platform.name} ${refusal.says}`, { code: String(subcode) });
}
