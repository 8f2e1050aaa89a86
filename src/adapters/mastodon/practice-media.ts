import { randomInt } from "node:crypto";
import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { type Account, notFound, problem } from "./practice-replies.ts";

export interface MediaRecord {
  readonly id: string;
  readonly accountId: string;
  readonly kind: "image" | "video";
  readonly url: string;
  readonly description: string;
  /** Until then the server is still working on it. ISO 8601. */
  readonly readyAt: string;
  /** The status that uses it. */
  readonly statusId: string | null;
}

const limits = { image: 16_777_216, video: 103_809_024 };
const maxDescription = 1500;
export const types: Readonly<Record<string, MediaRecord["kind"]>> = {
  "image/jpeg": "image",
  "image/png": "image",
  "image/gif": "image",
  "image/webp": "image",
  "video/mp4": "video",
  "video/webm": "video",
  "video/quicktime": "video",
};
const processingMs = 1500;

// https://docs.joinmastodon.org/methods/media/#v2 (checked 2026-11)
export async function uploadMedia(
  { files, fields }: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): Promise<PracticeReply> {
  const { file } = files;
  const type = file && (await realType(file));
  const kind = types[type ?? ""];
  if (!file) return problem(422, "Validation failed: File can't be blank");
  if (!type || !kind) return problem(422, "Validation failed: File content type is invalid, File is invalid");
  if (file.bytes >= limits[kind])
    return problem(422, `Validation failed: File file size must be less than ${limits[kind]} Bytes`);
  const description = fields.description ?? "";
  if ([...description].length > maxDescription)
    return problem(
      422,
      `Validation failed: Description is too long (maximum is ${maxDescription} characters)`,
    );
  const slow = kind === "video" || type === "image/gif";
  const media: MediaRecord = {
    id: `${network.now().getTime()}${randomInt(1e4, 1e5)}`,
    accountId: account.id,
    kind,
    url: await network.keep({ ...file, mimeType: type }),
    description,
    readyAt: new Date(network.now().getTime() + (slow ? processingMs : 0)).toISOString(),
    statusId: null,
  };
  network.collection<MediaRecord>("media").put(media.id, media);
  return { status: slow ? 202 : 200, body: entity(media, network) };
}

export function getMedia(
  { params }: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): PracticeReply {
  const media = unusedMedia(params.id ?? "", network, account);
  if (!media) return notFound();
  return { status: isReady(media, network) ? 200 : 206, body: entity(media, network) };
}

/** The account's own upload, as long as no status uses it. */
export function unusedMedia(id: string, network: PracticeNetwork, account: Account): MediaRecord | undefined {
  const media = network.collection<MediaRecord>("media").get(id);
  return media?.accountId === account.id && media.statusId === null ? media : undefined;
}

export function isReady(media: MediaRecord, network: PracticeNetwork): boolean {
  return network.now().getTime() >= Date.parse(media.readyAt);
}

function entity(media: MediaRecord, network: PracticeNetwork): Record<string, unknown> {
  return {
    id: media.id,
    type: media.kind,
    url: isReady(media, network) ? media.url : null,
    preview_url: media.url,
    description: media.description || null,
  };
}
