import type { Media, Variant } from "../../domain/post.ts";
import type { PrepareCall } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { idOf } from "../families/graph-api.ts";
import type { ContainerState, Containers } from "../families/graph-containers.ts";
import { unlessGone } from "../families/graph-gone.ts";
import { type Container, readContainer, request, type ThreadsCredentials } from "./api.ts";
import { failures, platform } from "./errors.ts";
import { messageOf } from "./text.ts";

type Threads = PrepareCall<ThreadsCredentials>;
type Fields = Readonly<Record<string, string>>;

/**
 * Never with `auto_publish_text`, which makes the container public at once and leaves nothing to ask after it.
 * https://developers.facebook.com/docs/threads/reference/publishing (checked 2026-11)
 */
export const containers: Containers<ThreadsCredentials> = {
  platformName: platform.name,
  single: (variant, call) => {
    const [media] = variant.media;
    const source = media ? sourceOf(media, call) : { media_type: "TEXT", ...attachedLink(variant) };
    return create({ ...source, ...about(variant, call) }, call);
  },
  // Text and all else belong to the carousel, not to its parts.
  part: (media, call) => create({ ...sourceOf(media, call), is_carousel_item: "true" }, call),
  carousel: (variant, partIds, call) =>
    create({ media_type: "CAROUSEL", children: partIds.join(","), ...about(variant, call) }, call),
  stateOf,
};

/** In a form, as every example of the documentation. */
async function create(fields: Fields, call: Threads): Promise<string> {
  const answer = await request<{ id?: string }>(call, {
    method: "POST",
    path: `${call.account.externalId}/threads`,
    form: new URLSearchParams(fields),
  });
  return idOf(answer, platform);
}

function sourceOf(media: Media, call: Threads): Fields {
  const url = call.media.publicUrl(media.id);
  return {
    ...(media.kind === "video"
      ? { media_type: "VIDEO", video_url: url }
      : { media_type: "IMAGE", image_url: url }),
    ...(media.altText !== "" && { alt_text: media.altText }),
  };
}

function attachedLink({ link }: Variant): Fields {
  return link === null ? {} : { link_attachment: link };
}

function about(variant: Variant, { parent }: Threads): Fields {
  const text = messageOf(variant);
  const { topic, replyControl } = variant.options;
  return {
    ...(text !== "" && { text }),
    ...(parent && { reply_to_id: parent.externalId }),
    // The first post of a conversation has the topic, and says who may answer.
    ...(typeof topic === "string" && !parent && { topic_tag: topic }),
    ...(typeof replyControl === "string" && !parent && { reply_control: replyControl }),
  };
}

async function stateOf(containerId: string, call: Threads): Promise<ContainerState> {
  const container = await unlessGone(() => readContainer(containerId, call));
  switch (container?.status) {
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

function afterError({ error_message: reason = "" }: Container): "lost" {
  const refusal = failures[reason];
  if (!refusal) return "lost"; // it says that it does not know, or that the download broke off
  throw new PublishError(refusal.kind, `${platform.name} ${refusal.says}`, { code: reason.toLowerCase() });
}
