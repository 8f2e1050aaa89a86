import { isDeepStrictEqual } from "node:util";
import { cleanMp4 } from "./clean-mp4.ts";
import { cleanWebm } from "./clean-webm.ts";
import type { CleanFacts } from "./media-editor.ts";
import type { MediaType } from "./media-type.ts";
import { probeVideo } from "./probe-video.ts";
import { requireSameFilm } from "./same-film.ts";
import { unreadable } from "./unreadable.ts";

/**
 * Writes the video to `target` without anything that was hidden in it. Pictures and sound stay coded as they are; where
 * that cannot be proven it is refused rather than damaged.
 * @throws Refusal `media_unreadable`, `unavailable`
 */
export async function cleanVideo(source: string, target: string, type: MediaType): Promise<CleanFacts> {
  const facts = await probeVideo(source);
  await clean(source, target, type).catch(unreadable("video"));
  const { durationMs, ...shown } = await probeVideo(target); // only WebM's own idea of its length may have been a wrong one
  const { durationMs: _, ...before } = facts;
  if (!isDeepStrictEqual(shown, before)) unreadable("video")(new Error("not the same"));
  return { ...shown, durationMs };
}

async function clean(source: string, target: string, { mimeType }: MediaType): Promise<void> {
  if (mimeType === "video/webm") return cleanWebm(source, target);
  await cleanMp4(source, target);
  await requireSameFilm(source, target);
}
