import type { Media, Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { beginVideo, finishVideo, putPart, readFile, uploadImage, type VideoUpload } from "./files.ts";
import { begun, kept, type Progress } from "./progress.ts";
import type { LinkedInCredentials } from "./request.ts";

type LinkedIn = PrepareCall<LinkedInCredentials>;

/** How long one call may go on: what a crash can cost, and well within what the engine allows a call. */
const stepMs = 10_000;
/** What LinkedIn gets to work on a file whose state it does not let us see. */
const graceMs = { image: 10_000, video: 60_000 };
const never = "9999-12-31T23:59:59.999Z";

/**
 * Uploads the files, for a few seconds per call, then waits until LinkedIn is done with them. What is returned is on
 * record before the next call, so a crash costs no more than that; a part may be sent twice.
 */
export async function prepare(variant: Variant, call: LinkedIn): Promise<Prepared> {
  if (variant.media.length === 0) return { values: {}, expiresAt: never };
  const { soFar } = call;
  const isFresh = soFar !== undefined && new Date(soFar.expiresAt) > call.now();
  if (isFresh && soFar.pollAfterMs === undefined) return soFar;
  const until = new Date(call.now().getTime() + stepMs);
  let progress = begun(isFresh ? soFar : undefined, call.now());
  for (const item of variant.media.slice(progress.fileUrns.length)) {
    if (call.now() >= until) return kept(progress, 1);
    const step = await upload(item, progress.video, call, until);
    if (typeof step !== "string") return kept({ ...progress, video: step }, 1);
    const fileUrns = [...progress.fileUrns, step];
    progress = { ...progress, fileUrns, video: undefined, uploadedAt: call.now() };
  }
  return waitFor(variant.media, progress, call);
}

/** @returns the ids to post with, in order; none where nothing was prepared */
export function fileUrnsOf(prepared: Prepared | undefined): readonly string[] {
  return prepared?.values.fileUrns?.split(",").filter((urn) => urn !== "") ?? [];
}

/** @returns the file's URN once LinkedIn has all of it */
async function upload(
  item: Media,
  video: VideoUpload | undefined,
  call: LinkedIn,
  until: Date,
): Promise<string | VideoUpload> {
  const file = await call.media.open(item.id);
  if (item.kind === "image") return uploadImage(call, file, item.mimeType);
  if (!video) return sendParts(file, await beginVideo(call, file.size), call, until);
  try {
    return await sendParts(file, video, call, until);
  } catch (error) {
    if (!isForgotten(error)) throw error;
    return sendParts(file, await beginVideo(call, file.size), call, until);
  }
}

/** One part is always sent, so that every call gets on. A slice reads nothing yet: bytes come from disk while they go out. */
async function sendParts(
  file: Blob,
  video: VideoUpload,
  call: LinkedIn,
  until: Date,
): Promise<string | VideoUpload> {
  const partIds = [...video.partIds];
  for (const part of video.parts.slice(partIds.length)) {
    partIds.push(await putPart(call, part, file.slice(part.firstByte, part.lastByte + 1)));
    if (partIds.length < video.parts.length && call.now() >= until) return { ...video, partIds };
  }
  await finishVideo(call, { ...video, partIds });
  return video.urn;
}

/** Addresses end after a while, and a crash may have kept us from noting that the video was complete. */
function isForgotten(error: unknown): boolean {
  if (!(error instanceof PublishError)) return false;
  const { status = 0, code } = error.detail;
  return error.kind === "invalid" || code === "not_ready_yet" || (code === "part_refused" && status < 500);
}

async function waitFor(media: readonly Media[], progress: Progress, call: LinkedIn): Promise<Prepared> {
  let { ready, isBlind, polls } = progress;
  for (const urn of progress.fileUrns.slice(ready)) {
    const status = isBlind ? undefined : await statusOf(urn, call);
    isBlind ||= status === undefined;
    if (isBlind) break;
    if (status !== "AVAILABLE")
      return kept({ ...progress, ready, polls: polls + 1 }, Math.min(3000 * 2 ** polls, 60_000));
    ready++;
    polls = 0;
  }
  const graceUntilMs = progress.uploadedAt.getTime() + Math.max(...media.map(({ kind }) => graceMs[kind]));
  const waitMs = isBlind ? graceUntilMs - call.now().getTime() : 0;
  if (waitMs > 0) return kept({ ...progress, ready, isBlind }, waitMs);
  return { values: { fileUrns: progress.fileUrns.join(",") }, expiresAt: progress.expiresAt };
}

/** @returns undefined where LinkedIn keeps it to itself, as it does with a member's pictures */
async function statusOf(urn: string, call: LinkedIn): Promise<string | undefined> {
  try {
    const { status = "" } = await readFile(call, urn);
    if (status !== "PROCESSING_FAILED") return status;
  } catch (error) {
    if (error instanceof PublishError && error.kind === "forbidden") return undefined;
    throw error;
  }
  throw new PublishError(
    "invalid",
    "LinkedIn could not work with a file: take a JPEG, PNG or GIF, or an MP4 of 3 seconds to 30 minutes, and attach it again",
    { code: "media_refused" },
  );
}
