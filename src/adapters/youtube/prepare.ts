import type { Media, Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import type { YouTubeCredentials } from "./api.ts";
import { finish } from "./finish.ts";
import { leftBehind } from "./left-behind.ts";
import { playlistId } from "./playlists.ts";
import { openSession } from "./session.ts";
import { continueUpload, isUnderWay } from "./upload.ts";

type YouTube = PrepareCall<YouTubeCredentials>;
type Values = Prepared["values"];

/** A private video stays until somebody deletes it. */
const never = "9999-12-31T23:59:59.999Z";
/** How long one call may send: what a crash can cost, and well within what the engine allows a call. */
const stepMs = 10_000;
const stuckMs = 5000;
const maxRestarts = 2;

/**
 * Uploads the video as a private one, then sees to its cover and its playlist; publishing only changes who may see it.
 * Each call makes a step and hands out what it made. The session's address is on record before any byte goes: whatever
 * breaks afterwards, the session tells how far it came, so no video is made twice.
 */
export async function prepare(variant: Variant, call: YouTube): Promise<Prepared> {
  if (variant.role !== "post") return { values: {}, expiresAt: never };
  const { soFar } = call;
  if (!soFar) return await begin(variant, call, 0);
  if (soFar.pollAfterMs === undefined) return soFar;
  const { videoId } = soFar.values;
  if (videoId === undefined) return await upload(variant, soFar, call);
  const pollAfterMs = await finish(variant, soFar.values, call);
  return pollAfterMs === undefined ? { values: { videoId }, expiresAt: never } : { ...soFar, pollAfterMs };
}

/** The playlist is looked up first: a wrong name shall not cost one of the day's uploads. */
async function begin(variant: Variant, call: YouTube, restarts: number): Promise<Prepared> {
  const { playlist } = variant.options;
  const file = videoOf(variant);
  const id = typeof playlist === "string" && playlist !== "" ? await playlistId(playlist, call) : undefined;
  const openedAt = call.now().toISOString();
  const { size: bytes } = await call.media.open(file.id);
  const session = await openSession(call, variant, { mimeType: file.mimeType, bytes });
  return {
    values: { openedAt, restarts: String(restarts), ...(id !== undefined && { playlistId: id }) },
    secrets: { session },
    expiresAt: never,
    pollAfterMs: 1,
  };
}

async function upload(variant: Variant, soFar: Prepared, call: YouTube): Promise<Prepared> {
  const until = new Date(call.now().getTime() + stepMs);
  const session = soFar.secrets?.session;
  if (session === undefined) return await afterSession(variant, soFar.values, call);
  const { standing, bytes, moved } = await continueUpload(videoOf(variant), session, call, until);
  if (standing === "gone") return await afterSession(variant, soFar.values, call);
  if (!isUnderWay(standing)) return uploaded(standing.videoId, soFar.values, call);
  const values = { ...soFar.values, sentBytes: String(standing.nextByte), ofBytes: String(bytes) };
  return { ...soFar, values, pollAfterMs: moved ? 1 : stuckMs };
}

function uploaded(videoId: string, { playlistId: id }: Values, call: YouTube): Prepared {
  const uploadedAt = call.now().toISOString();
  const values = { videoId, uploadedAt, ...(id !== undefined && { playlistId: id }) };
  return { values, expiresAt: never, pollAfterMs: 1 };
}

/** The session is forgotten. Only when it left no video behind may another be made. */
async function afterSession(variant: Variant, values: Values, call: YouTube): Promise<Prepared> {
  const videoId = await leftBehind(variant, new Date(values.openedAt ?? 0), call);
  if (videoId !== undefined) return uploaded(videoId, values, call);
  const restarts = Number(values.restarts ?? 0) + 1;
  if (restarts <= maxRestarts) return await begin(variant, call, restarts);
  throw new PublishError(
    "invalid",
    "The upload to YouTube broke off three times: try a smaller file, or upload it in YouTube Studio",
    { code: "upload_failed" },
  );
}

function videoOf({ media }: Variant): Media {
  const file = media.find(({ kind }) => kind === "video");
  if (!file) throw new PublishError("invalid", "YouTube needs a video", { notSent: true });
  return file;
}
