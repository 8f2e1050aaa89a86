import { type JsonFeed, parseJsonFeed } from "feedsmith";
import { plainText } from "../markup/plain-text.ts";
import { type FeedDraft, type ItemDraft, maxItems } from "./draft.ts";
import { FeedError } from "./feed-error.ts";
import { isDeeperThan } from "./json-depth.ts";
import { notAFeed } from "./web-page.ts";

const maxDepth = 100;

/**
 * JSON Feed 1.0 and 1.1. https://www.jsonfeed.org/version/1.1/ (checked 2026-11)
 * @throws FeedError `feed_refused` or `feed_not_a_feed`; what the parser throws
 */
export function fromJson(text: string, url: string): FeedDraft {
  const parsed = parsedJson(text);
  const { version, items } = parsed as { readonly version?: unknown; readonly items?: unknown };
  if (!Array.isArray(items) || !String(version).includes("jsonfeed.org")) throw notAFeed(text, url);
  const feed = parseJsonFeed(parsed, { maxItems });
  const hubs = (feed.hubs ?? []).filter(({ type }) => type?.toLowerCase() === "websub");
  return {
    title: feed.title ?? "",
    site: feed.home_page_url,
    languages: [feed.language],
    base: url,
    links: [...hubs.map((hub) => ({ rel: "hub", href: hub.url })), { rel: "self", href: feed.feed_url }],
    items: (feed.items ?? []).map((item) => itemDraft(item, url)),
  };
}

/** The parser takes a "length" for that of a list, and would make one of it, however long. */
function parsedJson(text: string): unknown {
  if (isDeeperThan(maxDepth, text)) throw mistake();
  try {
    return JSON.parse(text.trim(), (key, value: unknown) => (key === "length" ? undefined : value));
  } catch {
    throw mistake();
  }
}

function mistake(): FeedError {
  return new FeedError(
    "feed_refused",
    "The feed is JSON with a mistake in it, or breaks off before its end. Ask whoever runs the site to repair it.",
  );
}

function itemDraft(item: JsonFeed.Item<string>, url: string): ItemDraft {
  const html = item.content_html ?? "";
  return {
    id: item.id,
    links: [item.url, item.external_url],
    base: url,
    title: item.title ?? "",
    texts: [item.summary ?? "", item.content_text ?? "", plainText(html)],
    html,
    htmlBase: url,
    attached: [
      { url: item.image, type: "image" },
      ...(item.attachments ?? []).map((file) => ({ url: file.url, type: file.mime_type })),
    ],
    languages: [item.language],
    dates: [item.date_published, item.date_modified],
  };
}
