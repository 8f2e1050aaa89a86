import type { SourcePost } from "../contract/source-post.ts";
import { ask, type FoundRecord, isBlobRef, isFoundRecord, placeOf, postCollection } from "./api.ts";
import { fullText } from "./full-text.ts";
import { type BlueskyCall, type Session, sessionFor } from "./session.ts";

const pageSize = 100;
const maxPages = 5;
const maxPosts = 100;
/** Records are listed by their keys, and a key may be as much older than its post as that was planned ahead. */
const keyLagMs = 60 * 24 * 60 * 60_000;

/** From the account's own records, so that it works on every server; reposts are no posts there. */
export async function recent(since: Date, call: BlueskyCall): Promise<readonly SourcePost[]> {
  const session = await sessionFor(call);
  const posts: SourcePost[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const found = await ownRecords(call, cursor);
    const read = found.records.flatMap((record) => sourcePost(record, session, call) ?? []);
    posts.push(...read.filter(({ createdAt }) => createdAt >= since));
    const last = read.at(-1);
    if (!found.cursor || !last || last.createdAt.getTime() < since.getTime() - keyLagMs) break;
    cursor = found.cursor;
  }
  return posts.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, maxPosts);
}

/** https://docs.bsky.app/docs/api/com-atproto-repo-list-records (checked 2026-11) */
async function ownRecords(
  call: BlueskyCall,
  cursor: string | undefined,
): Promise<{ records: readonly FoundRecord[]; cursor: string | undefined }> {
  const answer = await ask<{ records?: unknown; cursor?: unknown }>(call, "com.atproto.repo.listRecords", {
    params: {
      repo: call.account.externalId,
      collection: postCollection,
      limit: String(pageSize),
      ...(cursor !== undefined && { cursor }),
    },
  });
  const records = Array.isArray(answer.records) ? (answer.records as Partial<FoundRecord>[]) : [];
  return {
    records: records.filter(isFoundRecord),
    cursor: typeof answer.cursor === "string" ? answer.cursor : undefined,
  };
}

interface SeenImage {
  readonly image?: unknown;
  readonly alt?: unknown;
}

interface Embed {
  readonly images?: readonly SeenImage[];
  /** Of a gallery. */
  readonly items?: readonly SeenImage[];
  readonly video?: unknown;
  readonly alt?: unknown;
  readonly external?: { readonly uri?: unknown };
  /** A quoted post; beside files it is wrapped once more. */
  readonly record?: { readonly uri?: unknown; readonly record?: { readonly uri?: unknown } };
  readonly media?: Embed;
}

/** Undefined where it is no post, or has no date we could order it by. */
function sourcePost(
  { uri, value }: FoundRecord,
  session: Session,
  call: BlueskyCall,
): SourcePost | undefined {
  const createdAt = new Date(String(value.createdAt));
  if (typeof value.text !== "string" || Number.isNaN(createdAt.getTime()) || !isPostUri(uri))
    return undefined;
  const text = fullText(value.text, value.facets);
  const embed = (value.embed ?? {}) as Embed;
  const link = linkOf(embed, call);
  const [language] = Array.isArray(value.langs) ? value.langs : [];
  return {
    externalId: uri,
    externalUrl: pageOf(uri, call),
    text,
    link: link === null || text.includes(link) ? null : link,
    media: mediaOf(embed.media ?? embed, session),
    language: typeof language === "string" ? language : null,
    createdAt,
    isReply: value.reply !== undefined,
    isRepost: false,
  };
}

function linkOf(embed: Embed, call: BlueskyCall): string | null {
  const uri = (embed.media ?? embed).external?.uri;
  if (typeof uri === "string") return uri;
  const quoted = embed.record?.record?.uri ?? embed.record?.uri;
  return isPostUri(quoted) ? pageOf(quoted, call) : null;
}

/** A feed or a list can be quoted too, and has no page like a post's. */
function isPostUri(uri: unknown): uri is string {
  return typeof uri === "string" && /^at:\/\/[^/]+\/app\.bsky\.feed\.post\/[^/]+$/.test(uri);
}

function mediaOf(
  { images = [], items = [], video, alt }: Embed,
  { server, did }: Session,
): SourcePost["media"] {
  const files = [
    ...[...images, ...items].map((item) => ({ kind: "image" as const, blob: item.image, altText: item.alt })),
    { kind: "video" as const, blob: video, altText: alt },
  ];
  return files.flatMap(({ kind, blob, altText }) => {
    if (!isBlobRef(blob)) return [];
    const query = new URLSearchParams({ did, cid: blob.ref.$link });
    const url = `${server}/xrpc/com.atproto.sync.getBlob?${query}`;
    return [{ url, kind, altText: typeof altText === "string" ? altText : "" }];
  });
}

function pageOf(uri: string, { baseUrl }: BlueskyCall): string {
  const { repo, rkey } = placeOf(uri);
  return `${baseUrl.web}/profile/${repo}/post/${rkey}`;
}
