import { PublishError } from "../contract/publish-error.ts";
import { nonceAgeMs } from "./dpop.ts";
import { isLogin } from "./login.ts";
import type { Facet } from "./rich-text.ts";
import { type BlueskyCall, isSessionOver, renewed, type Session, sessionFor } from "./session.ts";
import { unreadable, type XrpcRequest, xrpc } from "./xrpc.ts";

export const postCollection = "app.bsky.feed.post";

/** A file as records refer to it. https://atproto.com/specs/blob (checked 2026-11) */
export interface BlobRef {
  readonly $type: "blob";
  readonly ref: { readonly $link: string };
  readonly mimeType: string;
  readonly size: number;
}

export interface StrongRef {
  readonly uri: string;
  readonly cid: string;
}

/** The lexicon app.bsky.feed.post, as far as we write it. */
export interface PostRecord {
  readonly $type: typeof postCollection;
  readonly text: string;
  readonly createdAt: string;
  readonly langs?: readonly string[];
  readonly facets?: readonly Facet[];
  readonly reply?: { readonly root: StrongRef; readonly parent: StrongRef };
  readonly embed?: ImagesEmbed | VideoEmbed | LinkEmbed;
}

interface Shown {
  readonly alt: string;
  readonly aspectRatio: { readonly width: number; readonly height: number };
}

export interface ImagesEmbed {
  readonly $type: "app.bsky.embed.images";
  readonly images: readonly (Shown & { readonly image: BlobRef })[];
}

export interface VideoEmbed extends Shown {
  readonly $type: "app.bsky.embed.video";
  readonly video: BlobRef;
}

export interface LinkEmbed {
  readonly $type: "app.bsky.embed.external";
  readonly external: { readonly uri: string; readonly title: string; readonly description: string };
}

/** A record as a server gives it back: anyone's software may have written it. */
export interface FoundRecord extends StrongRef {
  readonly value: Readonly<Record<string, unknown>>;
}

// What a server tells is good for at least two minutes: https://atproto.com/specs/oauth#demonstrating-proof-of-possession-dpop
// and packages/oauth/oauth-provider/src/dpop of https://github.com/bluesky-social/atproto (checked 2026-11)
const maxNonceAgeMs = 60_000;

/**
 * The session for a request that is sent once. A server that wants a fresh nonce in its proof refuses the request that has
 * none, so that it is heard of before, by a question that changes nothing.
 */
export async function sessionToSend(call: BlueskyCall): Promise<Session> {
  const session = await sessionFor(call);
  if (isLogin(call.credentials) && nonceAgeMs(session.server, call.now()) > maxNonceAgeMs)
    await ask(call, "com.atproto.server.getSession", {});
  return session;
}

/**
 * Asks with the account's session: once more where the server wants another nonce, or says that a session is over which
 * we can renew. Never in the fence.
 */
export async function ask<T extends object>(
  call: BlueskyCall,
  nsid: string,
  request: XrpcRequest,
): Promise<T> {
  const session = await sessionFor(call);
  try {
    return await xrpc<T>(call, nsid, { ...request, ...session.pass });
  } catch (error) {
    if (!mayAskAgain(error, call)) throw error;
    const { pass } = isLogin(call.credentials) ? session : await renewed(call, session);
    return xrpc<T>(call, nsid, { ...request, ...pass });
  }
}

function mayAskAgain(error: unknown, { credentials }: BlueskyCall): boolean {
  if (!isLogin(credentials)) return isSessionOver(error);
  return error instanceof PublishError && error.detail.code === "use_dpop_nonce"; // and it is known by now
}

/**
 * Writes a post under a key that is still free: `swapRecord: null` makes the server refuse a second one, whatever is in
 * it, and take the very same one for the first.
 */
export async function putPost(
  call: BlueskyCall,
  session: Session,
  rkey: string,
  record: PostRecord,
): Promise<void> {
  const repo = call.account.externalId;
  const input = { repo, collection: postCollection, rkey, record, swapRecord: null };
  const answer = await xrpc<Partial<StrongRef>>(call, "com.atproto.repo.putRecord", {
    ...session.pass,
    input,
  });
  if (answer.uri !== uriOf(repo, rkey) || typeof answer.cid !== "string") throw unreadable();
}

/** @returns undefined where the server says there is none */
export async function findRecord(
  call: BlueskyCall,
  { repo, collection, rkey }: RecordPlace,
): Promise<FoundRecord | undefined> {
  try {
    const params = { repo, collection, rkey };
    const found = await ask<Partial<FoundRecord>>(call, "com.atproto.repo.getRecord", { params });
    if (!isFoundRecord(found)) throw unreadable();
    return found;
  } catch (error) {
    if (error instanceof PublishError && error.detail.code === "not_found") return undefined;
    throw error;
  }
}

export function isFoundRecord(found: Partial<FoundRecord>): found is FoundRecord {
  return (
    typeof found.uri === "string" &&
    typeof found.cid === "string" &&
    typeof found.value === "object" &&
    found.value !== null
  );
}

/** Nothing there to delete is no error: the server says so itself. */
export async function deleteRecord(call: BlueskyCall, place: RecordPlace): Promise<void> {
  await ask(call, "com.atproto.repo.deleteRecord", { input: place });
}

/** Stays out of sight until a record refers to it. */
export async function uploadBlob(call: BlueskyCall, input: Blob): Promise<BlobRef> {
  const { blob } = await ask<{ blob?: unknown }>(call, "com.atproto.repo.uploadBlob", { input });
  if (!isBlobRef(blob)) throw unreadable();
  return blob;
}

export function isBlobRef(value: unknown): value is BlobRef {
  const blob = value as Partial<BlobRef> | null | undefined;
  return blob?.$type === "blob" && typeof blob.ref?.$link === "string" && typeof blob.mimeType === "string";
}

export interface RecordPlace {
  readonly repo: string;
  readonly collection: string;
  readonly rkey: string;
}

export function uriOf(did: string, rkey: string): string {
  return `at://${did}/${postCollection}/${rkey}`;
}

/** @throws PublishError `invalid` when it is no address of a record */
export function placeOf(uri: string): RecordPlace {
  const [, repo, collection, rkey] = /^at:\/\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(uri) ?? [];
  if (repo && collection && rkey) return { repo, collection, rkey };
  throw new PublishError("invalid", "This is not the address of a post on Bluesky", { code: "not_found" });
}
