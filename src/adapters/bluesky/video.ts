import { PublishError } from "../contract/publish-error.ts";
import { ask, type BlobRef, isBlobRef, uploadBlob } from "./api.ts";
import { type BlueskyCall, sessionFor } from "./session.ts";
import { exchange, refusal, unreadable, xrpc } from "./xrpc.ts";

// Bluesky's video service makes the video ready before the post is there, and says when it cannot; sent to the server
// like a picture, a video is worked on only after it was published. https://docs.bsky.app/docs/tutorials/video (checked 2026-11)

const pollAfterMs = 3000;
const restartAfterMs = 30_000;
const tokenLifeMs = 30 * 60_000;

export type VideoStep =
  | { readonly blob: BlobRef }
  /** The service is at work. `again`: it failed once before for reasons of its own. */
  | { readonly job?: string; readonly again?: "true"; readonly pollAfterMs: number };

interface JobStatus {
  readonly jobId?: unknown;
  readonly state?: unknown;
  readonly blob?: unknown;
  readonly failureCode?: unknown;
}

/** A server of one's own may know no video service: there the video goes the way of the pictures. */
export async function startVideo(call: BlueskyCall, bytes: Blob, again: boolean): Promise<VideoStep> {
  const limits = await uploadLimits(call);
  if (!limits) return { blob: await uploadBlob(call, bytes) };
  if (limits.canUpload !== true) throw mayNotUpload(String(limits.message ?? limits.error ?? ""));
  const { server } = await sessionFor(call);
  const token = await serviceToken(call, didOf(server), "com.atproto.repo.uploadBlob");
  const answer = await exchange(call, "app.bsky.video.uploadVideo", {
    host: hostOf(call),
    token,
    params: { did: call.account.externalId, name: "video.mp4" },
    input: bytes,
  });
  // 409 `already_exists`: the same video was uploaded before, and its job is named. The answer is the job itself,
  // though the lexicon wraps it.
  const ok = answer.status === 409 || (answer.status >= 200 && answer.status < 300);
  if (!ok) throw refusal(answer, call.now());
  return stepOf(statusIn(answer.body), again);
}

export async function continueVideo(call: BlueskyCall, jobId: string, again: boolean): Promise<VideoStep> {
  const request = { host: hostOf(call), params: { jobId } };
  return stepOf(statusIn(await xrpc(call, "app.bsky.video.getJobStatus", request)), again);
}

/** A job that failed may have a file all the same: the one of an earlier upload. */
function stepOf({ jobId, state, blob, failureCode }: JobStatus, again: boolean): VideoStep {
  if (isBlobRef(blob)) return { blob };
  const note = again ? ({ again: "true" } as const) : {};
  if (state !== "JOB_STATE_FAILED") {
    if (typeof jobId !== "string" || jobId === "") throw unreadable();
    return { job: jobId, ...note, pollAfterMs };
  }
  const passing = failureCode === "generic_failure" || failureCode === "pds_upload_failure";
  if (passing && !again) return { again: "true", pollAfterMs: restartAfterMs };
  throw new PublishError(
    "invalid",
    "Bluesky could not use this video: save it as MP4 (H.264) of at most ten minutes, and attach it again",
    { code: "media_refused" },
  );
}

/** @returns undefined where there is no video service for this account */
async function uploadLimits(
  call: BlueskyCall,
): Promise<{ canUpload?: unknown; message?: unknown; error?: unknown } | undefined> {
  const nsid = "app.bsky.video.getUploadLimits";
  const token = await serviceToken(call, didOf(hostOf(call)), nsid);
  try {
    return await xrpc(call, nsid, { host: hostOf(call), token });
  } catch (error) {
    const answered = error instanceof PublishError && error.detail.status !== undefined;
    if (!answered || error.kind === "rate_limited") throw error;
    return undefined;
  }
}

/** The words of the service: https://github.com/bluesky-social/social-app (src/view/com/composer, checked 2026-11) */
function mayNotUpload(said: string): PublishError {
  if (/daily upload/i.test(said))
    return new PublishError("rate_limited", "Bluesky takes no more videos from this account today", {
      code: "daily_videos",
    });
  if (/disabled at the moment|upload stats/i.test(said))
    return new PublishError("unavailable", "Bluesky takes no videos at the moment", { code: "videos_off" });
  return new PublishError(
    "forbidden",
    "Bluesky takes no videos from this account yet: confirm its e-mail address in Bluesky's settings, or post without the video",
    { code: "video_not_allowed" },
  );
}

/** A token with which one service may ask another one thing for this account. */
async function serviceToken(call: BlueskyCall, aud: string, lxm: string): Promise<string> {
  const exp = String(Math.floor((call.now().getTime() + tokenLifeMs) / 1000));
  const params = { aud, lxm, exp };
  const { token } = await ask<{ token?: unknown }>(call, "com.atproto.server.getServiceAuth", { params });
  if (typeof token !== "string") throw unreadable();
  return token;
}

function statusIn(body: unknown): JobStatus {
  const { jobStatus, ...flat } = (body ?? {}) as { jobStatus?: JobStatus } & JobStatus;
  return jobStatus ?? flat;
}

function hostOf({ baseUrl }: BlueskyCall): string {
  return baseUrl.upload ?? baseUrl.api;
}

/** https://w3c-ccg.github.io/did-method-web/ (checked 2026-11): the colon of a port is escaped. */
function didOf(url: string): string {
  return `did:web:${new URL(url).host.replace(":", "%3A")}`;
}
