import type { Media, Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { setAltText, uploadImage, type XCredentials } from "./api.ts";
import { continueUpload, isStillImage, type Step, type Upload } from "./upload.ts";

/** Media ids live for 24 hours. https://docs.x.com/x-api/media/quickstart/media-upload-chunked (checked 2026-11) */
export const preparedLifeMs = 20 * 60 * 60_000;
/** How long one call may go on: what a crash can cost, and well within what the engine allows a call. */
const stepMs = 10_000;
const never = "9999-12-31T23:59:59.999Z";

interface Progress {
  /** Ready ones, in the variant's order. */
  readonly mediaIds: readonly string[];
  readonly upload: Upload | undefined;
  /** An upload that X had forgotten has been begun anew once. */
  readonly restarted: boolean;
  readonly expiresAt: string;
}

/**
 * Uploads the files, for a few seconds per call: what is returned is on record before the next call, so a crash costs
 * no more than that, and a slow line still gets there. Segments may be sent twice.
 */
export async function prepare(variant: Variant, call: PrepareCall<XCredentials>): Promise<Prepared> {
  if (variant.media.length === 0) return { values: {}, expiresAt: never };
  const until = new Date(call.now().getTime() + stepMs);
  let progress = read(call);
  for (const item of variant.media.slice(progress.mediaIds.length)) {
    if (call.now() >= until) return prepared(progress, 1);
    const { restarted, step } = await advance(item, progress, call, until);
    if ("upload" in step) return prepared({ ...progress, restarted, upload: step.upload }, step.pollAfterMs);
    if (item.kind === "image" && item.altText !== "") await setAltText(call, step.done, item.altText);
    progress = { ...progress, restarted, upload: undefined, mediaIds: [...progress.mediaIds, step.done] };
  }
  return prepared(progress);
}

/** @returns the ids to post with, in order; none where nothing was prepared */
export function mediaIdsOf(prepared: Prepared | undefined): readonly string[] {
  return prepared?.values.mediaIds?.split(",").filter((id) => id !== "") ?? [];
}

async function advance(
  item: Media,
  { upload, restarted }: Progress,
  call: PrepareCall<XCredentials>,
  until: Date,
): Promise<{ step: Step; restarted: boolean }> {
  if (isStillImage(item))
    return { step: { done: await uploadImage(call, await call.media.open(item.id)) }, restarted };
  try {
    return { step: await continueUpload(item, upload, call, until), restarted };
  } catch (error) {
    if (!upload || restarted || !isForgotten(error)) throw error;
    return { step: await continueUpload(item, undefined, call, until), restarted: true };
  }
}

/** X refuses an upload whose session ran out, and segments of one that a crash kept us from noting as complete. */
function isForgotten(error: unknown): boolean {
  return (
    error instanceof PublishError && error.kind === "invalid" && error.detail.code !== "processing-failed"
  );
}

function read({ soFar, now }: PrepareCall<XCredentials>): Progress {
  if (!soFar || new Date(soFar.expiresAt) <= now())
    return {
      mediaIds: [],
      upload: undefined,
      restarted: false,
      expiresAt: new Date(now().getTime() + preparedLifeMs).toISOString(),
    };
  const { upload, nextSegment, restarted } = soFar.values;
  return {
    mediaIds: mediaIdsOf(soFar),
    upload: upload
      ? { mediaId: upload, nextSegment: nextSegment === undefined ? null : Number(nextSegment) }
      : undefined,
    restarted: restarted === "true",
    expiresAt: soFar.expiresAt,
  };
}

function prepared({ mediaIds, upload, restarted, expiresAt }: Progress, pollAfterMs?: number): Prepared {
  return {
    values: {
      mediaIds: mediaIds.join(","),
      ...(upload && { upload: upload.mediaId }),
      ...(upload && upload.nextSegment !== null && { nextSegment: String(upload.nextSegment) }),
      ...(restarted && { restarted: "true" }),
    },
    expiresAt,
    ...(pollAfterMs !== undefined && { pollAfterMs }),
  };
}
