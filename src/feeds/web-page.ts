import { attributeOf } from "../markup/entities.ts";
import { FeedError } from "./feed-error.ts";
import { baseUrl, webUrl } from "./web-url.ts";

const maxSearched = 500_000;

/** What we say of an answer that is no feed: where its page names one, that comes first. */
export function notAFeed(text: string, url: string): FeedError {
  const isPage = /<html[\s>]/i.test(text.slice(0, maxSearched));
  const named = isPage ? feedNamedBy(text.slice(0, maxSearched), url) : null;
  if (named !== null)
    return new FeedError(
      "feed_not_a_feed",
      `This is a web page, not a feed. Its feed is ${named} – use that address.`,
    );
  return new FeedError(
    "feed_not_a_feed",
    isPage
      ? "This is a web page, not a feed, and it names no feed of its own. Look on the site for “RSS” or “feed”, or ask whoever runs it; many sites have it at /feed."
      : "What is at this address is not a feed. It should be RSS, Atom or JSON Feed; look on the site for “RSS” or “feed”.",
  );
}

function feedNamedBy(html: string, url: string): string | null {
  let base = url;
  for (const [, tag = "", attributes = ""] of html.matchAll(/<(base|link)\s([^<>]*)>/gi)) {
    const href = attributeOf(attributes, "href");
    if (tag.toLowerCase() === "base") base = baseUrl(base, href);
    else if (isFeedLink(attributes)) {
      const named = webUrl(href, base);
      if (named !== null && named !== url) return named;
    }
  }
  return null;
}

function isFeedLink(attributes: string): boolean {
  const relations = (attributeOf(attributes, "rel") ?? "").toLowerCase().split(/\s+/);
  const type = attributeOf(attributes, "type") ?? "";
  return relations.includes("alternate") && /^application\/(?:rss\+xml|atom\+xml|feed\+json)\b/i.test(type);
}
