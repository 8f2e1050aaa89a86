import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { PracticeFile, PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { type Account, cidOf, invalid, problem } from "./practice-state.ts";

/** A file in an account's repository. */
export interface PracticeBlob {
  readonly cid: string;
  readonly mimeType: string;
  readonly size: number;
  readonly url: string;
  /** Without a record that refers to it, it is gone an hour later. */
  readonly uploadedAtMs: number;
  readonly used: boolean;
}

// https://docs.bsky.app/docs/advanced-guides/rate-limits and https://atproto.com/specs/blob (checked 2026-11)
const maxBytes = 52_428_800;
const unusedLifeMs = 60 * 60_000;

const blobsOf = (network: PracticeNetwork) => network.collection<PracticeBlob>("blobs");

// https://docs.bsky.app/docs/api/com-atproto-repo-upload-blob (checked 2026-11)
export async function uploadBlob(
  { raw }: PracticeRequest,
  network: PracticeNetwork,
  { did }: Account,
): Promise<PracticeReply> {
  if (!raw) return invalid("Request encoding (Content-Type) required but not provided");
  if (raw.bytes > maxBytes) return problem(413, "PayloadTooLarge", "request entity too large");
  return { status: 200, body: { blob: refOf(await keepBlob(raw, did, network)) } };
}

/** The type is what the bytes say, where they say something. */
export async function keepBlob(
  file: PracticeFile,
  did: string,
  network: PracticeNetwork,
): Promise<PracticeBlob> {
  const mimeType = (await realType(file)) ?? file.mimeType;
  const hash = createHash("sha256");
  await pipeline(createReadStream(file.path), hash);
  const cid = cidOf("file", hash.digest());
  const known = blobsOf(network).get(`${did} ${cid}`);
  const url = known?.url ?? (await network.keep({ ...file, mimeType }));
  const uploadedAtMs = network.now().getTime();
  const blob = { cid, mimeType, size: file.bytes, url, uploadedAtMs, used: known?.used ?? false };
  blobsOf(network).put(`${did} ${cid}`, blob);
  return blob;
}

export function refOf({ cid, mimeType, size }: PracticeBlob): Record<string, unknown> {
  return { $type: "blob", ref: { $link: cid }, mimeType, size };
}

/** One that is still there. */
export function findBlob(did: string, cid: string, network: PracticeNetwork): PracticeBlob | undefined {
  const blob = blobsOf(network).get(`${did} ${cid}`);
  if (!blob) return undefined;
  return blob.used || network.now().getTime() < blob.uploadedAtMs + unusedLifeMs ? blob : undefined;
}

export function useBlob(did: string, blob: PracticeBlob, network: PracticeNetwork): void {
  blobsOf(network).put(`${did} ${blob.cid}`, { ...blob, used: true });
}

/** Only what a record refers to is given away; the network's own address of it. */
export function getBlob({ query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const blob = findBlob(query.get("did") ?? "", query.get("cid") ?? "", network);
  if (!blob?.used) return problem(400, "BlobNotFound", "Blob not found");
  return { status: 302, headers: { location: blob.url } };
}
