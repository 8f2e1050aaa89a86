import { createReadStream } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { fileTypeFromFile } from "file-type";
import type { PracticeFile, PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { PracticeUser } from "./practice-access.ts";
import { isId, nextId } from "./practice-ids.ts";
import {
  type Category,
  categories,
  described,
  mediaOf,
  newMedia,
  ownMedia,
  type PracticeMedia,
  stateOf,
  unknownMedia,
} from "./practice-media.ts";
import { invalidRequest } from "./practice-problems.ts";

const maxSegmentBytes = 5 * 1024 * 1024;
const fields = ["media_type", "total_bytes", "media_category", "shared", "additional_owners"];

const segmentsOf = (network: PracticeNetwork) => network.collection<PracticeFile>("segments");

/** POST /2/media/upload/initialize */
export function initializeUpload(
  user: PracticeUser,
  { json }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  if (typeof json !== "object" || json === null) return invalidRequest("Request body is not valid JSON.");
  const { media_type: type, total_bytes: bytes, media_category: category } = json as Record<string, unknown>;
  const strange = Object.keys(json).find((name) => !fields.includes(name));
  if (strange !== undefined)
    return invalidRequest(
      `$.${strange}: is not defined in the schema and the schema does not allow additional properties`,
    );
  if (!isCategory(category))
    return invalidRequest("$.media_category: does not have a value in the enumeration");
  const { maxBytes, types } = categories[category];
  if (!types.some((known) => known === type))
    return invalidRequest("media type unrecognized.", { media_type: type });
  if (typeof bytes !== "number" || !Number.isInteger(bytes) || bytes < 1 || bytes > maxBytes)
    return invalidRequest(`$.total_bytes: must be from 1 to ${maxBytes}`, { total_bytes: bytes });
  const id = nextId(network);
  const media = newMedia(user, category, bytes, network);
  mediaOf(network).put(id, media);
  return described(id, media);
}

/** POST /2/media/upload/:id/append. A segment that comes again takes the place of the first. */
export function appendSegment(
  user: PracticeUser,
  { params, fields, files }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { id = "" } = params;
  const media = ownMedia(id, user, network);
  if (media?.finalizedAtMs !== null) return unknownMedia();
  const { segment_index: index = "", ...others } = fields;
  if (Object.keys(others).length > 0 || !/^\d{1,3}$/.test(index))
    return invalidRequest("segment_index must be from 0 to 999.", fields);
  if (!files.media || files.media.bytes > maxSegmentBytes)
    return invalidRequest(`media must be a file of at most ${maxSegmentBytes} bytes.`);
  segmentsOf(network).put(`${id}/${Number(index)}`, files.media);
  return { status: 200, body: { data: { expires_at: Math.floor(media.expiresAtMs / 1000) } } };
}

/** POST /2/media/upload/:id/finalize */
export async function finalizeUpload(
  user: PracticeUser,
  { params }: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const { id = "" } = params;
  const media = ownMedia(id, user, network);
  if (!media) return unknownMedia();
  if (media.finalizedAtMs !== null) return status(id, media, network);
  const segments = segmentsInOrder(id, network);
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  if (bytes !== media.totalBytes)
    return invalidRequest("Segments do not add up to provided total file size.");
  const finalized = {
    ...media,
    finalizedAtMs: network.now().getTime(),
    url: await keepWhole(segments, media.category, network),
  };
  mediaOf(network).put(id, finalized);
  for (const index of segments.keys()) segmentsOf(network).delete(`${id}/${index}`);
  return status(id, finalized, network);
}

/** GET /2/media/upload */
export function readStatus(
  user: PracticeUser,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const id = query.get("media_id");
  if (!isId(id)) return invalidRequest("The `media_id` query parameter is missing or not an id.");
  if ((query.get("command") ?? "STATUS") !== "STATUS")
    return invalidRequest("The `command` query parameter value is not one of [STATUS].");
  const media = ownMedia(id, user, network);
  return media && media.finalizedAtMs !== null ? status(id, media, network) : unknownMedia();
}

function status(id: string, media: PracticeMedia, network: PracticeNetwork): PracticeReply {
  const state = stateOf(media, network);
  const error = { code: 1, name: "InvalidMedia", message: "Unsupported video format" };
  const more = {
    pending: { check_after_secs: 1 },
    in_progress: { check_after_secs: 1, progress_percent: 50 },
    succeeded: { progress_percent: 100 },
    failed: { progress_percent: 50, error },
    uploading: {},
  }[state];
  return described(id, media, { processing_info: { state, ...more } });
}

function segmentsInOrder(id: string, network: PracticeNetwork): PracticeFile[] {
  const segments: PracticeFile[] = [];
  for (;;) {
    const segment = segmentsOf(network).get(`${id}/${segments.length}`);
    if (!segment) return segments;
    segments.push(segment);
  }
}

/** @returns null where the file is not what its category says: X finds out while processing */
async function keepWhole(
  segments: readonly PracticeFile[],
  category: Category,
  network: PracticeNetwork,
): Promise<string | null> {
  const path = `${segments[0]?.path}-whole`;
  await writeFile(path, bytesOf(segments));
  for (const segment of segments) await rm(segment.path, { force: true });
  const mimeType = (await fileTypeFromFile(path))?.mime;
  if (categories[category].types.some((type) => type === mimeType)) {
    const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    return network.keep({ path, bytes, mimeType: mimeType ?? "", filename: "" });
  }
  await rm(path, { force: true });
  return null;
}

async function* bytesOf(segments: readonly PracticeFile[]): AsyncIterable<Uint8Array> {
  for (const { path } of segments) yield* createReadStream(path);
}

function isCategory(value: unknown): value is Category {
  return typeof value === "string" && Object.hasOwn(categories, value);
}
