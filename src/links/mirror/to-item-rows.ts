import type { SourcePost } from "../../adapters/contract/source-post.ts";
import type { ItemRow } from "../../db/source-items.ts";
import { canonicalJson } from "../../domain/canonical-json.ts";
import { newId } from "../../domain/ids.ts";
import { isUrl } from "../../domain/is-url.ts";
import type { SourceItem } from "../../domain/link/source-item.ts";
import { sha256 } from "./origin.ts";

/** A post of an account, or an item of a feed, which may have no date. */
export type Shown = Omit<SourcePost, "createdAt"> & {
  readonly createdAt: Date | null;
  readonly title?: string;
};

/** A shown thing without what becomes of it. */
export interface Kept extends Omit<ItemRow, "state" | "reasonCode"> {
  /** False: when it was made is our guess. */
  readonly isDated: boolean;
}

const maxIdLength = 500;
const maxUrlLength = 4000;
const maxTextLength = 100_000;
const maxFiles = 40;

/**
 * What strangers' servers showed, as it can be kept: what has no proper id or address is left out.
 * @param undatedAt when that was made which has no date
 */
export function toItemRows(shown: readonly Shown[], now: Date, undatedAt = now): Kept[] {
  const rows = shown.flatMap((item) => toItemRow(item, now, undatedAt) ?? []);
  return inOrder([...new Map(rows.map((row) => [row.externalId, row])).values()]);
}

/** Sources show the newest first, and many know seconds only: of two within one, the one that stands below came first. */
function inOrder(rows: readonly Omit<Kept, "id">[]): Kept[] {
  const ids = rows.map(() => newId("itm")).sort();
  const sameMoment = new Map<number, number>();
  const kept = rows.toReversed().map((row, index) => {
    const ms = row.createdAt.getTime();
    const before = sameMoment.get(ms) ?? 0;
    sameMoment.set(ms, before + 1);
    return { ...row, id: ids[index] as string, createdAt: new Date(ms + before) };
  });
  return kept.reverse();
}

function toItemRow(shown: Shown, now: Date, undatedAt: Date): Omit<Kept, "id"> | undefined {
  const { externalId, externalUrl: url } = shown;
  const isSound = externalId !== "" && externalId.length <= maxIdLength && isAddress(url);
  if (!isSound || plain(externalId) !== externalId) return undefined;
  const date = shown.createdAt;
  const isDated = date !== null && !Number.isNaN(date.getTime());
  const createdAt = isDated ? (date > now ? now : date) : undatedAt;
  const content = contentOf(shown);
  return { externalId, url, content, contentHash: hashOf(content), createdAt, isDated };
}

function contentOf({ text, title, link, media, language, isReply, isRepost }: Shown): SourceItem {
  const files = media
    .flatMap(({ url, ...file }) => (url !== null && isAddress(url) ? [{ url, ...file }] : []))
    .slice(0, maxFiles);
  const missingFiles = media.filter(({ url }) => url === null).length;
  return {
    text: plain(text.slice(0, maxTextLength)),
    title: title === undefined || title === "" ? null : plain(title.slice(0, maxIdLength)),
    link: link !== null && isAddress(link) ? link : null,
    media: files.map((file) => ({ url: file.url, kind: file.kind, altText: plain(file.altText) })),
    language: language !== null && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(language) ? language : null,
    isReply,
    isRepost,
    ...(missingFiles > 0 && { missingFiles }),
  };
}

/** Addresses of files change by themselves, and files are there later than their post: that is no edit of what it says. */
function hashOf({ media, missingFiles: _, ...said }: SourceItem): string {
  const files = media.map(({ kind, altText }) => ({ kind, altText }));
  return sha256(canonicalJson({ ...said, files }));
}

function isAddress(url: string): boolean {
  return url.length <= maxUrlLength && /^https?:\/\//i.test(url) && isUrl(url) && plain(url) === url;
}

/** PostgreSQL takes no NUL, and no half of a character. */
function plain(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}
