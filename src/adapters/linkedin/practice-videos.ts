import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { ALL_FORMATS, FilePathSource, Input } from "mediabunny";
import type { PracticeFile, PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { type Caller, speaksFor } from "./practice-access.ts";
import { filesOf, newFile, newUpload, takeImage, type Upload, uploadsOf } from "./practice-files.ts";
import { denied, isObject, missing, problem, unpermitted, wrong } from "./practice-replies.ts";

const partBytes = 4 * 1024 * 1024;
/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/videos-api (checked 2026-11) */
const maxBytes = 500_000_000;
const minSeconds = 3;
const maxSeconds = 30 * 60;

interface StoredPart {
  readonly etag: string;
  readonly file: PracticeFile;
}

interface VideoPlan {
  readonly token: string;
  readonly bytes: number;
}

const partsOf = (network: PracticeNetwork) => network.collection<StoredPart>("parts");
const plansOf = (network: PracticeNetwork) => network.collection<VideoPlan>("videos");

/** POST /rest/videos?action=initializeUpload|finalizeUpload */
export function actOnVideo(
  caller: Caller,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply | Promise<PracticeReply> {
  const json = isObject(request.json) ? request.json : {};
  const { initializeUploadRequest: begin, finalizeUploadRequest: end } = json;
  const action = request.query.get("action");
  if (action === "initializeUpload" && isObject(begin)) return initialize(caller, begin, request, network);
  if (action === "finalizeUpload" && isObject(end)) return finalize(caller, end, network);
  return missing(`/${action}Request`);
}

function initialize(
  caller: Caller,
  asked: Record<string, unknown>,
  { headers }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const names = ["owner", "fileSizeBytes", "uploadCaptions", "uploadThumbnail"];
  const strange = Object.keys(asked).filter((name) => !names.includes(name));
  if (strange.length > 0) return unpermitted(strange);
  const { owner, fileSizeBytes: bytes } = asked;
  if (!speaksFor(caller, owner, network)) return denied("partnerApiVideos.ACTION-initializeUpload");
  if (typeof bytes !== "number" || !Number.isInteger(bytes) || bytes < 1 || bytes > maxBytes)
    return wrong("/initializeUploadRequest/fileSizeBytes");
  const video = newFile("video", String(owner), network);
  const token = randomBytes(6).toString("base64url");
  plansOf(network).put(video, { token, bytes });
  const uploadInstructions = Array.from({ length: Math.ceil(bytes / partBytes) }, (_, part) => ({
    uploadUrl: newUpload(video, part, headers.host, network).uploadUrl,
    firstByte: part * partBytes,
    lastByte: Math.min((part + 1) * partBytes, bytes) - 1,
  }));
  const uploadUrlsExpireAt = network.now().getTime() + 24 * 60 * 60_000;
  return {
    status: 200,
    body: { value: { video, uploadToken: token, uploadUrlsExpireAt, uploadInstructions } },
  };
}

/** PUT /dms-uploads/:key */
export function takeUpload(
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply | Promise<PracticeReply> {
  const upload = uploadsOf(network).get(request.params.key ?? "");
  if (!upload || upload.endsAtMs < network.now().getTime())
    return problem(400, "EXPIRED_UPLOAD_URL", "The upload URL is expired");
  return filesOf(network).get(upload.urn)?.kind === "image"
    ? takeImage(upload.urn, request, network)
    : takePart(upload, request, network);
}

/** The address is signed: a token beside it is one signature too many. A part that comes again gets another ETag. */
function takePart(
  { urn, part }: Upload,
  { headers, raw }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  if (headers.authorization !== undefined || !raw)
    return { status: 400, body: "InvalidRequest: Only one auth mechanism allowed" };
  const etag = `/ambry-video/signedId/${randomBytes(12).toString("base64url")}`;
  partsOf(network).put(`${urn}/${part}`, { etag, file: raw });
  return { status: 200, headers: { etag } };
}

async function finalize(
  caller: Caller,
  asked: Record<string, unknown>,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const video = String(asked.video);
  const record = filesOf(network).get(video);
  const plan = plansOf(network).get(video);
  if (!plan || !record || !speaksFor(caller, record.owner, network))
    return problem(400, "INVALID_VIDEO_ID", "This Video ID is invalid");
  if (asked.uploadToken !== plan.token) return wrong("/finalizeUploadRequest/uploadToken");
  const parts = Array.from({ length: Math.ceil(plan.bytes / partBytes) }, (_, part) =>
    partsOf(network).get(`${video}/${part}`),
  );
  const here = parts.filter((part) => part !== undefined);
  if (here.length < parts.length || here.reduce((sum, { file }) => sum + file.bytes, 0) !== plan.bytes)
    return problem(400, "MEDIA_ASSET_WAITING_UPLOAD", "Media asset is waiting upload");
  if (JSON.stringify(asked.uploadedPartIds) !== JSON.stringify(here.map(({ etag }) => etag)))
    return wrong("/finalizeUploadRequest/uploadedPartIds");
  if (record.arrivedAtMs === null) {
    const url = await whole(here, plan.bytes, network);
    filesOf(network).put(video, { ...record, arrivedAtMs: network.now().getTime(), url });
  }
  return { status: 200 };
}

/** @returns null for what LinkedIn cannot use; it finds out while it works on the file */
async function whole(
  parts: readonly StoredPart[],
  bytes: number,
  network: PracticeNetwork,
): Promise<string | null> {
  const file = { path: `${parts[0]?.file.path}-whole`, bytes, mimeType: "video/mp4", filename: "" };
  await writeFile(file.path, bytesOf(parts));
  const seconds = (await realType(file)) === "video/mp4" ? await duration(file) : 0;
  return seconds >= minSeconds && seconds <= maxSeconds ? network.keep(file) : null;
}

async function* bytesOf(parts: readonly StoredPart[]): AsyncIterable<Uint8Array> {
  for (const { file } of parts) yield* createReadStream(file.path);
}

/** 0 where the file cannot be read as a video. */
async function duration({ path }: PracticeFile): Promise<number> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  try {
    return await input.computeDuration();
  } catch {
    return 0;
  } finally {
    input.dispose();
  }
}
