import type { Variant } from "../../domain/post.ts";
import { asPostGone } from "../contract/post-gone.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { list, unreadable, write, type YouTubeCall } from "./api.ts";
import { isVideoId, titleOf } from "./video.ts";

/** https://developers.google.com/youtube/v3/docs/videos#properties (checked 2026-11), as far as it can be changed */
interface Shown {
  readonly id: string;
  readonly snippet?: {
    readonly title?: string;
    readonly categoryId?: string;
    readonly tags?: readonly string[];
    readonly defaultLanguage?: string;
    readonly defaultAudioLanguage?: string;
  };
}

/**
 * Title and description of a video, or the words of a comment.
 * @throws PublishError; `post_gone`
 */
export async function edit(externalId: string, variant: Variant, call: YouTubeCall): Promise<void> {
  try {
    if (isVideoId(externalId)) await editVideo(externalId, variant, call);
    else await editComment(externalId, variant, call);
  } catch (error) {
    throw asPostGone(error, "YouTube", ({ status, code }) => status === 404 || code === "not_found");
  }
}

/**
 * What an update leaves out is deleted, so the rest is sent back as it was read.
 * https://developers.google.com/youtube/v3/docs/videos/update (checked 2026-11)
 */
async function editVideo(id: string, variant: Variant, call: YouTubeCall): Promise<void> {
  const [video] = await list<Shown>(call, "videos", { part: "snippet", id });
  if (!video) throw new PublishError("invalid", "YouTube no longer shows this", { code: "not_found" });
  const { title, categoryId, tags, defaultLanguage, defaultAudioLanguage } = video.snippet ?? {};
  if (categoryId === undefined) throw unreadable();
  const snippet = {
    title: titleOf(variant) || title,
    description: textWithLink(variant),
    categoryId,
    ...(tags && { tags }),
    ...(defaultLanguage && { defaultLanguage }),
    ...(defaultAudioLanguage && { defaultAudioLanguage }),
  };
  await write<Shown>(call, "PUT", "videos", { part: "snippet" }, { id, snippet });
}

/** https://developers.google.com/youtube/v3/docs/comments/update (checked 2026-11) */
async function editComment(id: string, variant: Variant, call: YouTubeCall): Promise<void> {
  const body = { id, snippet: { textOriginal: textWithLink(variant) } };
  await write<{ id: string }>(call, "PUT", "comments", { part: "snippet" }, body);
}
