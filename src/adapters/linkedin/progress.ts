import type { Prepared } from "../contract/adapter.ts";
import type { VideoUpload } from "./files.ts";

/** LinkedIn names no end for a file that no post uses; a day is more than a post needs. */
export const preparedLifeMs = 24 * 60 * 60_000;

/** How far the files of one post are. */
export interface Progress {
  /** Uploaded ones, in the variant's order. */
  readonly fileUrns: readonly string[];
  /** How many of them LinkedIn has done with. */
  readonly ready: number;
  readonly uploadedAt: Date;
  /** LinkedIn does not let us see how far it is. */
  readonly isBlind: boolean;
  /** How often the next one was not ready. */
  readonly polls: number;
  readonly video: VideoUpload | undefined;
  readonly expiresAt: string;
}

export function begun(soFar: Prepared | undefined, now: Date): Progress {
  const { fileUrns = "", ready = "0", uploadedAt, isBlind, polls = "0" } = soFar?.values ?? {};
  const { video } = soFar?.secrets ?? {};
  return {
    fileUrns: fileUrns.split(",").filter((urn) => urn !== ""),
    ready: Number(ready),
    uploadedAt: uploadedAt === undefined ? now : new Date(uploadedAt),
    isBlind: isBlind === "true",
    polls: Number(polls),
    video: video === undefined ? undefined : (JSON.parse(video) as VideoUpload),
    expiresAt: soFar?.expiresAt ?? new Date(now.getTime() + preparedLifeMs).toISOString(),
  };
}

/** An upload under way is a secret: its addresses let anyone write. */
export function kept(progress: Progress, pollAfterMs: number): Prepared {
  const { fileUrns, ready, uploadedAt, isBlind, polls, video, expiresAt } = progress;
  return {
    values: {
      fileUrns: fileUrns.join(","),
      ready: String(ready),
      uploadedAt: uploadedAt.toISOString(),
      ...(isBlind && { isBlind: "true" }),
      ...(polls > 0 && { polls: String(polls) }),
    },
    ...(video && { secrets: { video: JSON.stringify(video) } }),
    expiresAt,
    pollAfterMs,
  };
}
