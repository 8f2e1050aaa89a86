import { isDeepStrictEqual } from "node:util";
import { Refusal } from "../domain/refusal.ts";
import { cleanMp4 } from "./clean-mp4.ts";
import { cleanWebm } from "./clean-webm.ts";
import type { CleanFacts } from "./media-editor.ts";
import type { MediaType } from "./media-type.ts";
import { oneOfFew } from "./one-of-few.ts";
import { probeVideo } from "./probe-video.ts";

/**
 * Writes the video to `target` without anything that was hidden in it. Pictures and sound stay coded as they are.
 * @throws Refusal `media_unreadable`
 */
export async function cleanVideo(source: string, target: string, type: MediaType): Promise<CleanFacts> {
  const facts = await probeVideo(source);
  return oneOfFew(async () => {
    await (type.mimeType === "video/webm" ? cleanWebm : cleanMp4)(source, target).catch(unreadable);
    const { durationMs, ...same } = await probeVideo(target);
    const { durationMs: before, ...shown } = facts;
    // Only WebM's own idea of its length may have been a wrong one.
    if (!isDeepStrictEqual(same, shown) || (type.mimeType !== "video/webm" && durationMs !== before))
      unreadable();
    return { ...shown, durationMs, isWritten: true };
  });
}

function unreadable(): never {
  throw new Refusal("media_unreadable", "The video is damaged or not complete.");
}
