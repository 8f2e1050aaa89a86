import { PublishError } from "../contract/publish-error.ts";
import { remove, type YouTubeCall } from "./api.ts";
import { isVideoId } from "./video.ts";

/** A video or a comment. https://developers.google.com/youtube/v3/docs/videos/delete and …/comments/delete (checked 2026-11) */
export async function deletePost(externalId: string, call: YouTubeCall): Promise<void> {
  try {
    await remove(call, isVideoId(externalId) ? "videos" : "comments", externalId);
  } catch (error) {
    if (!(error instanceof PublishError && error.detail.status === 404)) throw error;
  }
}
