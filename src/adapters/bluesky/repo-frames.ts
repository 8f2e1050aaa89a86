import { type DecodeOptions, decodeFirst } from "cborg";

interface Commit {
  readonly repo?: unknown;
  /** Of a `#sync`. */
  readonly did?: unknown;
  /** All that was changed is too much to be told. */
  readonly tooBig?: unknown;
  readonly ops?: readonly { readonly path?: unknown }[];
}

// Links to records (tag 42) are of no use here: https://atproto.com/specs/data-model#link-and-cid-link (checked 2026-11)
const options: DecodeOptions = { tags: { 42: (decode) => void decode() } };

/**
 * Whose records of a collection a frame of `com.atproto.sync.subscribeRepos` says were made, changed or deleted; nobody's where
 * it is no such frame. https://atproto.com/specs/event-stream, and the lexicon
 * https://github.com/bluesky-social/atproto/blob/main/lexicons/com/atproto/sync/subscribeRepos.json (checked 2026-11)
 */
export function reposIn(frame: Uint8Array, collection: string): readonly string[] {
  try {
    const [header, rest] = decodeFirst(frame, options) as [{ op?: unknown; t?: unknown } | null, Uint8Array];
    if (header?.op !== 1 || (header.t !== "#commit" && header.t !== "#sync")) return [];
    const [body] = decodeFirst(rest, options) as [Commit, Uint8Array];
    const repo = header.t === "#sync" ? body.did : body.repo;
    const isMeant = header.t === "#sync" || body.tooBig === true || (body.ops ?? []).some(isOf(collection));
    return isMeant && typeof repo === "string" ? [repo] : [];
  } catch {
    return [];
  }
}

function isOf(collection: string): (op: { readonly path?: unknown }) => boolean {
  return ({ path }) => typeof path === "string" && path.startsWith(`${collection}/`);
}
