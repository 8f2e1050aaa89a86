import { isUrl } from "../../domain/is-url.ts";
import type { Media, Variant } from "../../domain/post.ts";
import type { PublishCall } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import {
  type BlobRef,
  findRecord,
  type ImagesEmbed,
  type LinkEmbed,
  type PostRecord,
  placeOf,
  postCollection,
  type StrongRef,
  type VideoEmbed,
} from "./api.ts";
import { readyOf } from "./prepare.ts";
import { facetsOf } from "./rich-text.ts";
import type { BlueskyCredentials } from "./session.ts";

/**
 * The record of a variant. `createdAt` is the moment of this attempt, for feeds sort by it; it may differ between
 * attempts, since the record's key protects whatever was written first.
 * @throws PublishError `unavailable` rather than posting a text without its files
 */
export async function postRecord(
  variant: Variant,
  call: PublishCall<BlueskyCredentials>,
): Promise<PostRecord> {
  const { blobs, dids } = readyOf(call.prepared);
  if (blobs.length !== variant.media.length)
    throw new PublishError("unavailable", "The files of this post are not on Bluesky yet");
  const text = textWithLink(variant);
  const facets = await facetsOf(text, text === variant.text ? null : variant.link, dids);
  const reply = await replyRefs(call);
  const embed = variant.media.length > 0 ? filesEmbed(variant.media, blobs) : linkCard(variant.link);
  const { languages } = variant.options;
  return {
    $type: postCollection,
    text,
    createdAt: call.now().toISOString(),
    ...(Array.isArray(languages) && languages.length > 0 && { langs: languages }),
    ...(facets.length > 0 && { facets }),
    ...(reply && { reply }),
    ...(embed && { embed }),
  };
}

/** An answer names its parent and the first post of the thread, each with the hash of what it answers. */
async function replyRefs(call: PublishCall<BlueskyCredentials>): Promise<PostRecord["reply"]> {
  if (!call.parent) return undefined;
  const { externalId, rootExternalId } = call.parent;
  const parent = await strongRef(externalId, call);
  const root = rootExternalId === externalId ? parent : await strongRef(rootExternalId, call);
  return { root, parent };
}

async function strongRef(uri: string, call: PublishCall<BlueskyCredentials>): Promise<StrongRef> {
  const found = await findRecord(call, placeOf(uri));
  if (found) return { uri: found.uri, cid: found.cid };
  throw new PublishError("invalid", "The post this one answers is no longer on Bluesky", {
    code: "not_found",
  });
}

function filesEmbed(media: readonly Media[], blobs: readonly BlobRef[]): ImagesEmbed | VideoEmbed {
  const files = blobs.map((blob, index) => {
    const { altText = "", width = 1, height = 1 } = media[index] ?? {};
    return { blob, alt: altText, aspectRatio: { width, height } };
  });
  const [first] = files;
  if (first && media[0]?.kind === "video") {
    const { blob: video, ...shown } = first;
    return { $type: "app.bsky.embed.video", video, ...shown };
  }
  const images = files.map(({ blob: image, ...shown }) => ({ image, ...shown }));
  return { $type: "app.bsky.embed.images", images };
}

/**
 * A card to tap below the text, where the link stands too. It is named after the site: title and picture are the page's
 * own, and we do not fetch pages of strangers to learn them.
 */
function linkCard(link: string | null): LinkEmbed | undefined {
  if (link === null || !isUrl(link)) return undefined;
  const title = new URL(link).host.replace(/^www\./, "");
  return { $type: "app.bsky.embed.external", external: { uri: link, title, description: "" } };
}
