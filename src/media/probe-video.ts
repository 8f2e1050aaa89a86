import { Refusal } from "../domain/refusal.ts";
import { type Film, withFilm } from "./with-film.ts";

export interface VideoFacts {
  /** As it is shown: rotated, with square pixels. */
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly videoCodec: string | null;
  /** Null without sound. */
  readonly audioCodec: string | null;
}

const maxSide = 16_384;

/** Size and length from the file's own tables; nothing is decoded. @throws Refusal `media_unreadable` */
export async function probeVideo(path: string): Promise<VideoFacts> {
  return withFilm(path, factsOf).catch(() => {
    throw new Refusal(
      "media_unreadable",
      "The video is damaged, not complete, or in a format we do not know.",
    );
  });
}

async function factsOf({ input, picture, sound }: Film): Promise<VideoFacts> {
  const [width, height] = [await picture.getDisplayWidth(), await picture.getDisplayHeight()];
  const seconds = (await input.getDurationFromMetadata()) ?? (await input.computeDuration());
  const durationMs = Math.round(seconds * 1000);
  if (!isSide(width) || !isSide(height) || !(durationMs > 0 && durationMs < 2 ** 31))
    throw new Error("odd facts");
  const [videoCodec, audioCodec] = [await picture.getCodec(), (await sound?.getCodec()) ?? null];
  return { width, height, durationMs, videoCodec, audioCodec };
}

function isSide(pixels: number): boolean {
  return Number.isInteger(pixels) && pixels > 0 && pixels <= maxSide;
}
