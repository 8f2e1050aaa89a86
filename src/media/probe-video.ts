import { FilePathSource, Input, type InputVideoTrack, MP4, QTFF, WEBM } from "mediabunny";
import { Refusal } from "../domain/refusal.ts";

export interface VideoFacts {
  /** As it is shown: rotated, with square pixels. */
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly videoCodec: string | null;
  /** Null without sound. */
  readonly audioCodec: string | null;
}

const timeoutMs = 20_000;
const maxSide = 16_384;

/** Size and length from the file's own tables; nothing is decoded. @throws Refusal `media_unreadable` */
export async function probeVideo(path: string): Promise<VideoFacts> {
  const source = new FilePathSource(path, { handleUnhandledError: () => undefined });
  const input = new Input({ source, formats: [MP4, QTFF, WEBM] });
  const timer = setTimeout(() => input.dispose(), timeoutMs); // a hostile file may lead in circles
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track || (await track.getCodec()) === null) throw new Error("no picture we know");
    return await factsOf(input, track);
  } catch {
    throw new Refusal(
      "media_unreadable",
      "The video is damaged, not complete, or in a format we do not know.",
    );
  } finally {
    clearTimeout(timer);
    input.dispose();
  }
}

async function factsOf(input: Input, track: InputVideoTrack): Promise<VideoFacts> {
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  const seconds = (await input.getDurationFromMetadata()) ?? (await input.computeDuration());
  const durationMs = Math.round(seconds * 1000);
  if (!isSide(width) || !isSide(height) || !(durationMs > 0 && durationMs < 2 ** 31))
    throw new Error("odd facts");
  const sound = await input.getPrimaryAudioTrack();
  const [videoCodec, audioCodec] = [await track.getCodec(), (await sound?.getCodec()) ?? null];
  return { width, height, durationMs, videoCodec, audioCodec };
}

function isSide(pixels: number): boolean {
  return Number.isInteger(pixels) && pixels > 0 && pixels <= maxSide;
}
