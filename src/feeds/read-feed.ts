import type { FeedDraft } from "./draft.ts";
import { FeedError } from "./feed-error.ts";
import type { FeedItem } from "./feed-item.ts";
import { feedKind } from "./feed-kind.ts";
import { fromAtom } from "./from-atom.ts";
import { fromJson } from "./from-json.ts";
import { fromRdf, fromRss } from "./from-rss.ts";
import { plainXml } from "./plain-xml.ts";
import { readText } from "./read-text.ts";
import { type Found, type Known, letGo, requestFeed } from "./request-feed.ts";
import { firstUrl, oneLine, toItem } from "./to-item.ts";
import { headerLinks, linkTo } from "./web-sub-links.ts";

export type FeedAnswer =
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "items";
      readonly title: string;
      /** In the order of the feed, each once, at most a hundred. */
      readonly items: readonly FeedItem[];
      /** For the next reading. */
      readonly etag: string | null;
      readonly lastModified: string | null;
      /** Who tells of new items at once, and under which address it knows the feed. https://www.w3.org/TR/websub/#discovery (checked 2026-11) */
      readonly hub: string | null;
      readonly self: string | null;
    };

/**
 * Reads a blog's feed: RSS, Atom or JSON Feed, at most 5 MB of it.
 * @param fetch the guarded client's, whose answers are streams: what is too large is broken off, and what is not
 *   UTF-8 is read all the same
 * @param known what the last answer gave; a site then need not send again what has not changed
 * @throws FeedError, and nothing else
 */
export async function readFeed(
  fetch: typeof globalThis.fetch,
  url: string,
  known: Known,
  signal: AbortSignal,
): Promise<FeedAnswer> {
  const found = await requestFeed(fetch, url, known, signal);
  if (found.answer.status === 304) {
    await letGo(found.answer);
    return { kind: "unchanged" };
  }
  const text = await readText(found.answer);
  try {
    return answerOf(text, found);
  } catch (error) {
    if (error instanceof FeedError) throw error;
    throw new FeedError(
      "feed_refused",
      "We could not make sense of this feed. Ask whoever runs the site to look at it with https://validator.w3.org/feed/.",
    );
  }
}

function answerOf(text: string, { url, answer: { headers } }: Found): FeedAnswer {
  const feed = draftOf(text, url);
  const fromHeader = headerLinks(headers.get("link"));
  const linked = (rel: string) =>
    firstUrl([linkTo(rel, fromHeader)], url) ?? firstUrl([linkTo(rel, feed.links)], feed.base);
  return {
    kind: "items",
    title: oneLine(feed.title),
    items: itemsOf(feed, url),
    etag: headers.get("etag"),
    lastModified: headers.get("last-modified"),
    hub: linked("hub"),
    self: linked("self"),
  };
}

function draftOf(text: string, url: string): FeedDraft {
  const found = feedKind(text, url);
  if (found.kind === "json") return fromJson(text, url);
  const read = { rss: fromRss, rdf: fromRdf, feed: fromAtom }[found.kind];
  return read(plainXml(text, found.root), url);
}

/** The first of those with the same id: a feed that repeats one has its newest wording on top. */
function itemsOf(feed: FeedDraft, url: string): FeedItem[] {
  const home = firstUrl([feed.site], feed.base) ?? url;
  const items = new Map<string, FeedItem>();
  for (const draft of feed.items) {
    const item = toItem(draft, feed, home);
    if (!items.has(item.externalId)) items.set(item.externalId, item);
  }
  return [...items.values()];
}
