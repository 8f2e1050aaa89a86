import type { PracticeNetwork, PracticeReply } from "../../practice/kit.ts";
import { findBlob, type PracticeBlob } from "./practice-blobs.ts";
import { invalid, problem } from "./practice-state.ts";

const post = "app.bsky.feed.post";
// https://atproto.com/specs/tid (checked 2026-11)
const tid = /^[234567a-j][234567a-z]{12}$/;

export interface GivenBlob {
  readonly ref: { readonly $link: string };
  readonly mimeType: string;
  readonly size: number;
}

export interface GivenEmbed {
  readonly images?: readonly { readonly image: GivenBlob; readonly alt: string }[];
  readonly video?: GivenBlob;
  readonly alt?: string;
  readonly external?: { readonly uri: string };
}

/** What a checked record has. */
export interface GivenPost {
  readonly text: string;
  readonly createdAt: string;
  readonly langs?: readonly string[];
  readonly reply?: { readonly parent: { readonly uri: string } };
  readonly embed?: GivenEmbed;
}

/** The method's input against its lexicon. */
export async function checkInput(nsid: string, input: unknown): Promise<PracticeReply | undefined> {
  const { lexicons } = await import("@atproto/api");
  try {
    lexicons.assertValidXrpcInput(nsid, input ?? {});
    return undefined;
  } catch (error) {
    return invalid((error as Error).message);
  }
}

/** A post against its lexicon, with the files it refers to. */
export async function checkPost(rkey: string, record: unknown): Promise<PracticeReply | undefined> {
  const { AppBskyFeedPost, jsonToLex } = await import("@atproto/api");
  const type = (record as { $type?: unknown }).$type;
  if (type !== undefined && type !== post) return invalid(`Invalid $type: expected ${post}, got ${type}`);
  if (!tid.test(rkey))
    return invalid(`Invalid record key for ${post}: Invalid TID string (got "${rkey}") at $`);
  const result = AppBskyFeedPost.validateRecord(jsonToLex({ $type: post, ...(record as object) }));
  if (!result.success) return invalid(`Invalid ${post} record: ${result.error.message}`);
  return checkTypes(filesOf(record as GivenPost));
}

// https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky/embed (checked 2026-11)
function checkTypes(files: readonly GivenFile[]): PracticeReply | undefined {
  for (const { kind, blob } of files) {
    const at = `at $.record.embed.${kind}`;
    const [accepted, max] = kind === "image" ? ["image/", 2_000_000] : ["video/mp4", 300_000_000];
    if (!blob.mimeType.startsWith(accepted))
      return invalid(`Expected "${accepted}*" (got "${blob.mimeType}") ${at}`);
    if (blob.size > max) return invalid(`blob too big (maximum ${max}, got ${blob.size}) ${at}`);
  }
  return undefined;
}

export interface GivenFile {
  readonly kind: "image" | "video";
  readonly blob: GivenBlob;
  readonly altText: string;
}

export function filesOf({ embed = {} }: GivenPost): GivenFile[] {
  const { images = [], video, alt = "" } = embed;
  return [
    ...images.map((item) => ({ kind: "image" as const, blob: item.image, altText: item.alt })),
    ...(video ? [{ kind: "video" as const, blob: video, altText: alt }] : []),
  ];
}

/** The stored files, in order; a refusal where one is not there, or is not what the record says of it. */
export function blobsFor(
  did: string,
  files: readonly GivenFile[],
  network: PracticeNetwork,
): readonly PracticeBlob[] | PracticeReply {
  const found: PracticeBlob[] = [];
  for (const { blob } of files) {
    const stored = findBlob(did, blob.ref.$link, network);
    if (!stored) return problem(400, "BlobNotFound", `Could not find blob: ${blob.ref.$link}`);
    if (stored.mimeType !== blob.mimeType)
      return problem(400, "InvalidMimeType", "Referenced Mimetype does not match stored blob.");
    if (stored.size !== blob.size)
      return problem(400, "InvalidSize", "Referenced Size does not match stored blob.");
    found.push(stored);
  }
  return found;
}
