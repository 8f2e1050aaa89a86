import { randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { keepBlob, type PracticeBlob, refOf } from "./practice-blobs.ts";
import { type Account, problem } from "./practice-state.ts";

interface ServiceToken {
  readonly did: string;
  readonly aud: string;
  readonly lxm: string;
  readonly expiresAtMs: number;
}

interface Job {
  readonly jobId: string;
  readonly did: string;
  readonly blob: PracticeBlob | null;
  readonly doneAtMs: number;
}

const processingMs = 4000;
const maxTokenSeconds = 60 * 60;
const maxBytes = 300_000_000;
const tokensOf = (network: PracticeNetwork) => network.collection<ServiceToken>("service tokens");
const jobsOf = (network: PracticeNetwork) => network.collection<Job>("jobs");

// https://docs.bsky.app/docs/api/com-atproto-server-get-service-auth (checked 2026-11)
export function getServiceAuth(
  { query }: PracticeRequest,
  network: PracticeNetwork,
  { did }: Account,
): PracticeReply {
  const nowMs = network.now().getTime();
  const seconds = query.has("exp") ? Number(query.get("exp")) - nowMs / 1000 : 60;
  if (!(seconds > 0 && seconds <= maxTokenSeconds))
    return problem(400, "BadExpiration", "expiration is in past, or too far in the future");
  const token = randomBytes(24).toString("base64url");
  const [aud, lxm] = [query.get("aud") ?? "", query.get("lxm") ?? ""];
  tokensOf(network).put(token, { did, aud, lxm, expiresAtMs: nowMs + seconds * 1000 });
  return { status: 200, body: { token } };
}

// https://docs.bsky.app/docs/api/app-bsky-video-get-upload-limits (checked 2026-11)
export function getUploadLimits(request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  if (!tokenFor("app.bsky.video.getUploadLimits", request, network)) return badToken();
  const limits = { canUpload: true, remainingDailyVideos: 25, remainingDailyBytes: 10_000_000_000 };
  return { status: 200, body: limits };
}

/** Answers with the job itself, though the lexicon wraps it. https://docs.bsky.app/docs/tutorials/video (checked 2026-11) */
export async function uploadVideo(
  request: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const { raw, query } = request;
  const token = tokenFor("com.atproto.repo.uploadBlob", request, network);
  if (!token || token.did !== query.get("did") || token.aud !== serverDid(network)) return badToken();
  if (!raw || raw.bytes > maxBytes)
    return problem(
      400,
      "InvalidRequest",
      `file size is larger than the maximum allowed size (${maxBytes} bytes)`,
    );
  const isVideo = (await realType(raw)) === "video/mp4";
  const blob = isVideo ? await keepBlob(raw, token.did, network) : null;
  const before =
    blob &&
    jobsOf(network)
      .list()
      .find(([, job]) => job.did === token.did && job.blob?.cid === blob.cid)?.[1];
  if (before) return { status: 409, body: { ...statusOf(before, network), error: "already_exists" } };
  const jobId = randomBytes(12).toString("hex");
  const job = { jobId, did: token.did, blob, doneAtMs: network.now().getTime() + processingMs };
  jobsOf(network).put(jobId, job);
  return { status: 200, body: statusOf(job, network) };
}

/** For anyone who knows the job. https://docs.bsky.app/docs/api/app-bsky-video-get-job-status (checked 2026-11) */
export function getJobStatus({ query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const job = jobsOf(network).get(query.get("jobId") ?? "");
  if (!job) return problem(400, "InvalidRequest", "job not found");
  return { status: 200, body: { jobStatus: statusOf(job, network) } };
}

function statusOf({ jobId, did, blob, doneAtMs }: Job, network: PracticeNetwork): Record<string, unknown> {
  if (network.now().getTime() < doneAtMs) return { jobId, did, state: "JOB_STATE_ENCODING", progress: 50 };
  if (blob) return { jobId, did, state: "JOB_STATE_COMPLETED", blob: refOf(blob) };
  return { jobId, did, state: "JOB_STATE_FAILED", failureCode: "validation_failure", error: "invalid video" };
}

function tokenFor(
  lxm: string,
  { token = "" }: PracticeRequest,
  network: PracticeNetwork,
): ServiceToken | undefined {
  const known = tokensOf(network).get(token);
  return known?.lxm === lxm && known.expiresAtMs > network.now().getTime() ? known : undefined;
}

function serverDid({ baseUrl }: PracticeNetwork): string {
  return `did:web:${new URL(baseUrl).host.replace(":", "%3A")}`;
}

function badToken(): PracticeReply {
  return problem(401, "BadJwt", "could not verify the service token");
}
