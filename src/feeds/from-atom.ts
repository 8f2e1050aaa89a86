import { type AtomFeed, parseAtomFeed } from "feedsmith";
import { plainText } from "../markup/plain-text.ts";
import { attachedMedia } from "./attached-media.ts";
import { type FeedDraft, type ItemDraft, maxItems } from "./draft.ts";
import { alternateOf } from "./links.ts";
import { baseUrl } from "./web-url.ts";

/**
 * Atom 1.0, and 0.3. https://www.rfc-editor.org/rfc/rfc4287 (checked 2026-11)
 * @param xml as `plainXml` gives it
 * @throws what the parser throws
 */
export function fromAtom(xml: string, url: string): FeedDraft {
  const feed = parseAtomFeed(xml, { maxItems });
  const base = baseUrl(url, feed.xml?.base);
  return {
    title: words(feed.title),
    site: alternateOf(feed.links),
    languages: [feed.xml?.lang],
    base,
    links: feed.links ?? [],
    items: (feed.entries ?? []).map((entry) => itemDraft(entry, base)),
  };
}

function itemDraft(entry: AtomFeed.Entry<string>, feedBase: string): ItemDraft {
  const { content, summary } = entry;
  const shown = [content, summary].find((text) => markup(text) !== "");
  const enclosures = (entry.links ?? []).filter(({ rel }) => rel?.toLowerCase() === "enclosure");
  const base = baseUrl(feedBase, entry.xml?.base);
  return {
    id: entry.id,
    links: [alternateOf(entry.links)],
    base,
    title: words(entry.title),
    texts: [words(summary), words(content)],
    html: markup(shown),
    htmlBase: baseUrl(base, shown?.xml?.base),
    attached: [...enclosures.map(({ href, type }) => ({ url: href, type })), ...attachedMedia(entry.media)],
    languages: [entry.xml?.lang, shown?.xml?.lang],
    dates: [entry.published, entry.updated],
  };
}

type Text = AtomFeed.Content | undefined;

function words(text: Text): string {
  return isPlain(text) ? (text?.value ?? "") : plainText(markup(text));
}

/** Empty where it is plain, or no text at all: a content may be a picture in base64. */
function markup(text: Text): string {
  return /^(?:html|xhtml|text\/html|application\/xhtml\+xml)$/i.test(text?.type ?? "")
    ? (text?.value ?? "")
    : "";
}

function isPlain(text: Text): boolean {
  return /^(?:text|text\/plain|)$/i.test(text?.type ?? "");
}
