import { randomBytes } from "node:crypto";
import sharp from "sharp";
import type {
  PracticeCollection,
  PracticeFile,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
} from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { type Caller, callerOf, speaksFor } from "./practice-access.ts";
import {
  denied,
  isObject,
  missing,
  notFound,
  problem,
  unauthorized,
  unpermitted,
} from "./practice-replies.ts";

const types = ["image/jpeg", "image/png", "image/gif"];
/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api (checked 2026-11) */
const maxPixels = 36_152_320;
const uploadLifeMs = 24 * 60 * 60_000;
const workMs = { image: 1000, video: 2000 };

export interface FileRecord {
  /** The author's URN. */
  readonly owner: string;
  readonly kind: "image" | "video";
  /** Null until all of it has arrived. */
  readonly arrivedAtMs: number | null;
  /** Where timelines find it; null until then, and for a file LinkedIn cannot use. */
  readonly url: string | null;
}

/** An address that takes bytes. */
export interface Upload {
  readonly urn: string;
  /** Of a video. */
  readonly part: number;
  readonly endsAtMs: number;
}

export const filesOf = (network: PracticeNetwork): PracticeCollection<FileRecord> =>
  network.collection("files");
export const uploadsOf = (network: PracticeNetwork): PracticeCollection<Upload> =>
  network.collection("uploads");

export function stateOf(
  { arrivedAtMs, kind, url }: FileRecord,
  network: PracticeNetwork,
): "WAITING_UPLOAD" | "PROCESSING" | "AVAILABLE" | "PROCESSING_FAILED" {
  if (arrivedAtMs === null) return "WAITING_UPLOAD";
  if (network.now().getTime() - arrivedAtMs < workMs[kind]) return "PROCESSING";
  return url === null ? "PROCESSING_FAILED" : "AVAILABLE";
}

/** POST /rest/images?action=initializeUpload */
export function initializeImage(
  caller: Caller,
  { json, query, headers }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const asked = isObject(json) ? json.initializeUploadRequest : undefined;
  if (query.get("action") !== "initializeUpload" || !isObject(asked))
    return missing("/initializeUploadRequest");
  const strange = Object.keys(asked).filter((name) => name !== "owner");
  if (strange.length > 0) return unpermitted(strange.map((name) => `/initializeUploadRequest/${name}`));
  if (!speaksFor(caller, asked.owner, network)) return denied("partnerApiImages.ACTION-initializeUpload");
  const image = newFile("image", String(asked.owner), network);
  const { uploadUrl, endsAtMs } = newUpload(image, 0, headers.host, network);
  return { status: 200, body: { value: { uploadUrlExpiresAt: endsAtMs, uploadUrl, image } } };
}

export function newFile(kind: "image" | "video", owner: string, network: PracticeNetwork): string {
  const urn = `urn:li:${kind}:${kind === "image" ? "C4E10AQ" : "C5F10AQ"}${randomBytes(12).toString("base64url")}`;
  filesOf(network).put(urn, { owner, kind, arrivedAtMs: null, url: null });
  return urn;
}

/** On the host the request came to, which need not be the one people use. */
export function newUpload(urn: string, part: number, host: string | undefined, network: PracticeNetwork) {
  const key = randomBytes(24).toString("base64url");
  const endsAtMs = network.now().getTime() + uploadLifeMs;
  uploadsOf(network).put(key, { urn, part, endsAtMs });
  const { pathname } = new URL(network.baseUrl);
  return { uploadUrl: `http://${host}${pathname}/dms-uploads/${key}`, endsAtMs };
}

/** PUT of a picture's bytes, with the token of one who speaks for its owner. */
export async function takeImage(
  urn: string,
  request: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const caller = callerOf(request, network);
  const image = filesOf(network).get(urn);
  if (!caller || !image || !speaksFor(caller, image.owner, network)) return unauthorized();
  if (!request.raw) return problem(400, "UPDATING_ASSET_FAILED", "No bytes arrived");
  const url = await usable(request.raw, network);
  filesOf(network).put(urn, { ...image, arrivedAtMs: network.now().getTime(), url });
  return { status: 201 };
}

/** @returns null for what LinkedIn cannot use; it finds out while it works on the file */
async function usable(file: PracticeFile, network: PracticeNetwork): Promise<string | null> {
  const mimeType = await realType(file);
  if (mimeType === undefined || !types.includes(mimeType)) return null;
  const { width, height } = await sharp(file.path).metadata();
  return width * height >= maxPixels ? null : network.keep({ ...file, mimeType });
}

/** GET /rest/images/:urn and /rest/videos/:urn. Pictures are hidden from the tokens every app gets. */
export function getFile(
  caller: Caller,
  { path, params: { urn = "" } }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const file = filesOf(network).get(urn);
  const isHidden = path.startsWith("/rest/images/") && !caller.scopes.includes("r_organization_social");
  if (isHidden || (file && !speaksFor(caller, file.owner, network))) return denied("partnerApiImages.GET");
  return file ? { status: 200, body: fileEntity(urn, file, network) } : notFound(urn);
}

/** GET /rest/images?ids=List(…) */
export function getImages(
  caller: Caller,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  if (!caller.scopes.includes("r_organization_social")) return denied("partnerApiImages.BATCH_GET");
  const urns = /^List\((.*)\)$/.exec(query.get("ids") ?? "")?.[1]?.split(",") ?? [];
  const found = urns.flatMap((urn) => {
    const file = filesOf(network).get(urn);
    return file && speaksFor(caller, file.owner, network) ? [[urn, fileEntity(urn, file, network)]] : [];
  });
  return { status: 200, body: { results: Object.fromEntries(found), statuses: {}, errors: {} } };
}

function fileEntity(urn: string, file: FileRecord, network: PracticeNetwork) {
  const status = stateOf(file, network);
  return {
    id: urn,
    owner: file.owner,
    status,
    ...(status === "AVAILABLE" && { downloadUrl: file.url }),
    ...(status === "PROCESSING_FAILED" && { processingFailureReason: "INVALID_FILE" }),
  };
}
