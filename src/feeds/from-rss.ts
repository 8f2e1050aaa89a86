import { parseRdfFeed, parseRssFeed, type RdfNs, type RssFeed } from "feedsmith";
import { plainText } from "../markup/plain-text.ts";
import { attachedMedia } from "./attached-media.ts";
import { type FeedDraft, type ItemDraft, maxItems } from "./draft.ts";
import { alternateOf } from "./links.ts";
import { baseUrl } from "./web-url.ts";

type Item = RssFeed.Item<string> & { readonly rdf?: RdfNs.About };

/**
 * RSS 0.9x and 2.0. https://www.rssboard.org/rss-specification (checked 2026-11)
 * @param xml as `plainXml` gives it
 * @throws what the parser throws
 */
export function fromRss(xml: string, url: string): FeedDraft {
  return draft(parseRssFeed(xml, { maxItems }), url);
}

/** RSS 1.0. https://web.resource.org/rss/1.0/spec (checked 2026-11) */
export function fromRdf(xml: string, url: string): FeedDraft {
  return draft(parseRdfFeed(xml, { maxItems }), url);
}

function draft(feed: RssFeed.Feed<string>, url: string): FeedDraft {
  const base = baseUrl(url, feed.xml?.base);
  return {
    title: plainText(feed.title ?? ""),
    site: feed.link,
    languages: [feed.language, feed.dc?.languages?.[0], feed.xml?.lang],
    base,
    links: feed.atom?.links ?? [],
    items: (feed.items ?? []).map((item) => itemDraft(item, base)),
  };
}

function itemDraft(item: Item, feedBase: string): ItemDraft {
  const { guid, atom, dc } = item;
  const content = item.content?.encoded ?? "";
  const summary = item.description ?? "";
  const isLink = guid?.isPermaLink !== false && /^https?:\/\//i.test(guid?.value ?? "");
  const base = baseUrl(feedBase, item.xml?.base);
  return {
    id: guid?.value ?? item.rdf?.about,
    links: [item.link, alternateOf(atom?.links), isLink ? guid?.value : undefined],
    base,
    title: plainText(item.title ?? dc?.titles?.[0] ?? ""),
    texts: [plainText(summary), plainText(content)],
    html: content || summary,
    htmlBase: base,
    attached: [
      ...(item.enclosures ?? []).map(({ url, type }) => ({ url, type })),
      ...attachedMedia(item.media),
    ],
    languages: [item.xml?.lang, dc?.languages?.[0]],
    dates: [item.pubDate, dc?.dates?.[0], atom?.published, atom?.updated],
  };
}
