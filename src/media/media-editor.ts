import { stat } from "node:fs/promises";
import type { Fit } from "../adapters/contract/fit.ts";
import { createMediaProcesses } from "./media-processes.ts";
import type { MediaType } from "./media-type.ts";

/** What is known of a file that was opened. */
export interface CleanFacts {
  readonly width: number;
  readonly height: number;
  /** Null for a still image. */
  readonly durationMs: number | null;
  /** Of a video. */
  readonly videoCodec?: string | null;
  readonly audioCodec?: string | null;
  /** Of a picture: what it looks like, roughly. */
  readonly look?: string | null;
}

/** Writes files anew. Pictures and videos have processes of their own, so that neither waits for the other. */
export interface MediaEditor {
  /** Without anything that was hidden in it. @throws Refusal `image_too_large`, `media_unreadable`, `unavailable` */
  clean(source: string, target: string, type: MediaType): Promise<CleanFacts>;
  /** As a platform takes it. @throws Refusal `image_too_large`, `media_unreadable`, `unavailable` */
  fit(source: string, target: string, fit: Fit): Promise<{ readonly bytes: number }>;
  close(): void;
}

// A picture unpacks to some 160 MB, and fills a processor.
const atOnce = 2;
const imageMs = 60_000;
const slowestDiskBytesPerMs = 4_000;

export function createMediaEditor(): MediaEditor {
  const [images, videos] = [createMediaProcesses(atOnce), createMediaProcesses(atOnce)];
  return {
    async clean(source, target, type) {
      const ask = { do: "clean", source, target, type } as const;
      if (type.kind === "image") return images.ask(ask, imageMs);
      const { size } = await stat(source);
      return videos.ask(ask, imageMs + size / slowestDiskBytesPerMs);
    },
    fit: (source, target, fit) => images.ask({ do: "fit", source, target, fit }, imageMs),
    close() {
      images.close();
      videos.close();
    },
  };
}
