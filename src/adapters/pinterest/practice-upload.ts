import { randomBytes } from "node:crypto";
import { ALL_FORMATS, FilePathSource, Input } from "mediabunny";
import type {
  PracticeCollection,
  PracticeFile,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
} from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import type { PracticeAccount } from "./practice-access.ts";
import { newId } from "./practice-boards.ts";
import { invalid, notFound, storageProblem } from "./practice-replies.ts";

export interface PracticeVideo {
  readonly ownerId: string;
  /** What the upload's form must bring. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly formExpiresAtMs: number;
  /** Null until it has arrived. */
  readonly uploadedAtMs: number | null;
  /** Null for a file Pinterest cannot use. */
  readonly url: string | null;
}

const formLifeMs = 60 * 60_000;
const processingMs = 1500;
const maxBytes = 1_000_000_000;
const minSeconds = 4;
const maxSeconds = 15 * 60;

export const videosOf = (network: PracticeNetwork): PracticeCollection<PracticeVideo> =>
  network.collection("videos");

/** POST /v5/media: says where the file is to go, on another host in the real world. */
export function registerVideo(
  account: PracticeAccount,
  { json, headers }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { media_type: type } = (json ?? {}) as { media_type?: unknown };
  if (type !== "video") return invalid(`${JSON.stringify(type)} is not one of ['video']`);
  const id = newId(network);
  const nowMs = network.now().getTime();
  const parameters = {
    "x-amz-date": new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, ""),
    "x-amz-signature": randomBytes(32).toString("hex"),
    "x-amz-security-token": randomBytes(32).toString("base64"),
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    key: `uploads/practice/3:video:${account.id}:${id}`,
    policy: randomBytes(48).toString("base64"),
    "x-amz-credential": "PRACTICE/20261101/us-east-1/s3/aws4_request",
    "Content-Type": "multipart/form-data",
  };
  const formExpiresAtMs = nowMs + formLifeMs;
  videosOf(network).put(id, {
    ownerId: account.id,
    parameters,
    formExpiresAtMs,
    uploadedAtMs: null,
    url: null,
  });
  // By the name it was called: inside a network of containers the public one leads nowhere.
  const upload_url = `http://${headers.host}${new URL(network.baseUrl).pathname}/media-upload/`;
  return {
    status: 201,
    body: { media_id: id, media_type: "video", upload_url, upload_parameters: parameters },
  };
}

/** POST /media-upload/: the storage's form. It knows no tokens, only what it was told to expect. */
export async function receiveVideo(
  { headers, fields, files }: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  if (headers["content-length"] === undefined)
    return storageProblem(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
  if (headers.authorization !== undefined)
    return storageProblem(400, "InvalidArgument", "Only one auth mechanism allowed");
  const id = fields.key?.split(":").at(-1) ?? "";
  const video = videosOf(network).get(id);
  if (!video || Object.entries(video.parameters).some(([name, value]) => fields[name] !== value))
    return storageProblem(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed");
  if (video.formExpiresAtMs < network.now().getTime())
    return storageProblem(403, "AccessDenied", "Invalid according to Policy: Policy expired.");
  const { file } = files;
  if (!file)
    return storageProblem(400, "InvalidArgument", "POST requires exactly one file upload per request.");
  if (file.bytes > maxBytes)
    return storageProblem(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
  const mimeType = await usableType(file);
  const url = mimeType === undefined ? null : await network.keep({ ...file, mimeType });
  videosOf(network).put(id, { ...video, uploadedAtMs: network.now().getTime(), url });
  return { status: 204 };
}

/** GET /v5/media/:media */
export function readVideo(
  account: PracticeAccount,
  { params }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { media = "" } = params;
  const video = videosOf(network).get(media);
  if (video?.ownerId !== account.id) return notFound("Media");
  return {
    status: 200,
    body: { media_id: media, media_type: "video", status: statusOf(video, network) },
  };
}

export function statusOf(
  { uploadedAtMs, url }: PracticeVideo,
  network: PracticeNetwork,
): "registered" | "processing" | "succeeded" | "failed" {
  if (uploadedAtMs === null) return "registered";
  if (network.now().getTime() - uploadedAtMs < processingMs) return "processing";
  return url === null ? "failed" : "succeeded";
}

/** What Pinterest can show: MP4 or MOV, of 4 seconds to 15 minutes. */
async function usableType(file: PracticeFile): Promise<string | undefined> {
  const type = await realType(file);
  if (type !== "video/mp4" && type !== "video/quicktime" && type !== "video/x-m4v") return undefined;
  const seconds = await durationOf(file);
  if (seconds < minSeconds || seconds > maxSeconds) return undefined;
  return type === "video/x-m4v" ? "video/mp4" : type;
}

/** 0 where the file cannot be read as a video. */
async function durationOf(file: PracticeFile): Promise<number> {
  const input = new Input({ source: new FilePathSource(file.path), formats: ALL_FORMATS });
  try {
    return await input.computeDuration();
  } catch {
    return 0;
  } finally {
    input.dispose();
  }
}
