import type { Variant } from "../../domain/post.ts";
import type { Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { setThumbnail, type YouTubeCall } from "./api.ts";
import { addToPlaylist } from "./playlists.ts";
import { isProcessing, readStatus, turnedDown } from "./processing.ts";

/** A video can be shown while YouTube still works on it: beyond this it is not worth being late. */
const processingMs = 2 * 60_000;

/**
 * What comes between a video's upload and its moment. A cover may have to wait for the processing (of a Short it must),
 * and a video that fails belongs in no playlist. All of it may be repeated.
 * @returns in how many milliseconds to come back; undefined when it is ready
 */
export async function finish(
  variant: Variant,
  { videoId = "", uploadedAt = "", playlistId }: Prepared["values"],
  call: YouTubeCall,
): Promise<number | undefined> {
  const status = await readStatus(videoId, call);
  if (!status)
    throw new PublishError("invalid", "The video was deleted on YouTube before it was published", {
      code: "media_gone",
    });
  const reason = turnedDown(status);
  if (reason !== undefined) throw new PublishError("invalid", reason, { code: "media_refused" });
  const waitedMs = call.now().getTime() - new Date(uploadedAt).getTime();
  if (isProcessing(status) && waitedMs < processingMs) return Math.min(15_000, Math.max(3000, waitedMs / 2));
  const cover = variant.media.find(({ kind }) => kind === "image");
  if (cover) await setThumbnail(call, videoId, await call.media.open(cover.id), cover.mimeType);
  if (playlistId !== undefined) await addToPlaylist(playlistId, videoId, call);
  return undefined;
}
