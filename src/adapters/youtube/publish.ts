import type { Variant } from "../../domain/post.ts";
import type { Call, Pending, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { unreadable, type Video, type VideoStatus, write, type YouTubeCredentials } from "./api.ts";
import { isProcessing, turnedDown } from "./processing.ts";
import { privacyOf, statusOf } from "./video.ts";

type YouTube = PublishCall<YouTubeCredentials>;

/** Public videos that are still worked on are looked at again this often: each look costs a unit of the day's quota. */
export const checkAfterMs = 60_000;

/** Shows the video that `prepare` uploaded, or writes the comment below one that is public. */
export async function publish(variant: Variant, call: YouTube): Promise<Published | Pending> {
  return variant.role === "post" ? await publishVideo(variant, call) : await publishComment(variant, call);
}

/** A second time changes nothing. https://developers.google.com/youtube/v3/docs/videos/update (checked 2026-11) */
async function publishVideo(variant: Variant, call: YouTube): Promise<Published | Pending> {
  const videoId = call.prepared?.values.videoId;
  if (videoId === undefined)
    throw new PublishError("unavailable", "The video of this post is not on YouTube yet", { notSent: true });
  const privacy = privacyOf(variant);
  const body = { id: videoId, status: statusOf(variant, privacy) };
  const status = await call.commit(async () => {
    const video = await write<Video>(call, "PUT", "videos", { part: "status" }, body);
    // Any other answer is no yes: YouTube shall say that this video has this audience now.
    if (video.id !== videoId || video.status?.privacyStatus !== privacy) throw unreadable();
    return video.status;
  });
  return isSettled(status) ? published(videoId, call) : { state: "pending", handle: videoId, checkAfterMs };
}

/** https://developers.google.com/youtube/v3/docs/commentThreads/insert (checked 2026-11) */
async function publishComment(variant: Variant, call: YouTube): Promise<Published> {
  const { parent } = call;
  if (!parent)
    throw new PublishError("invalid", "A comment needs the YouTube video it belongs to", { notSent: true });
  const topLevelComment = { snippet: { textOriginal: textWithLink(variant) } };
  const body = { snippet: { videoId: parent.externalId, topLevelComment } };
  const { id } = await call.commit(() =>
    write<{ id: string }>(call, "POST", "commentThreads", { part: "snippet" }, body),
  );
  return publishedComment(id, parent.externalId, call);
}

export function published(videoId: string, call: Pick<Call<unknown>, "baseUrl">): Published {
  return { state: "published", externalId: videoId, externalUrl: watchUrl(videoId, call) };
}

/** The page of the video, with the comment on top. */
export function publishedComment(
  id: string,
  videoId: string,
  call: Pick<Call<unknown>, "baseUrl">,
): Published {
  const externalUrl = `${watchUrl(videoId, call)}&lc=${encodeURIComponent(id)}`;
  return { state: "published", externalId: id, externalUrl };
}

export function watchUrl(videoId: string, { baseUrl }: Pick<Call<unknown>, "baseUrl">): string {
  return `${baseUrl.web}/watch?v=${encodeURIComponent(videoId)}`;
}

/** Where YouTube may still turn it down, the next question tells. */
function isSettled(status: VideoStatus): boolean {
  return !isProcessing(status) && turnedDown(status) === undefined;
}
