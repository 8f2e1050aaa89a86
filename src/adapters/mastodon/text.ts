import twitter from "twitter-text";
import { countGraphemes } from "../families/graphemes.ts";
import { piecesOf } from "../families/pieces.ts";

const urlLength = 23;
const mention = /(?<![=/\w])@(\w(?:[\w.-]*\w)?)@[\w.-]*\w/gu;

/**
 * Length as Mastodon counts it: what a reader sees as one character is one, every address is 23, and a mention
 * counts without its server. https://docs.joinmastodon.org/user/posting/#text (checked 2026-11)
 */
export function measure(text: string): number {
  return text.length > longestParsed
    ? [...text].length
    : countGraphemes(piecesOf(text).map(shortened).join(""));
}

/** Ten times what Mastodon takes: only many endless addresses could make that short, and finding them slows with the square. */
const longestParsed = 5000;

/** The same finder of addresses that Mastodon uses, so that only what it links is discounted. */
function shortened(text: string): string {
  let short = "";
  let done = 0;
  for (const { indices } of twitter.extractUrlsWithIndices(text, { extractUrlsWithoutProtocol: false })) {
    short += withoutServers(text.slice(done, indices[0])) + "x".repeat(urlLength);
    done = indices[1];
  }
  return short + withoutServers(text.slice(done));
}

function withoutServers(text: string): string {
  return text.replace(mention, "@$1");
}

/** What two renderings of one text have in common: no markup, mentions without server, white space as one space. */
export function comparable(text: string): string {
  return withoutServers(text).normalize("NFC").replace(/\s+/g, " ").trim();
}

/** A status' HTML `content` as a reader sees it: its addresses in full, a line between paragraphs. */
export function plainText(content: string): string {
  return content
    .replace(/<\/p>\s*<p\b[^<>]*>/gi, "\n\n")
    .replace(/<br\s*\/?>|<\/(?:p|li|blockquote|pre|h\d)>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .trim()
    .replace(/&(#x?[\da-f]+|\w+);/gi, (entity, name: string) => decoded(name) ?? entity);
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

function decoded(name: string): string | undefined {
  if (!name.startsWith("#")) return named[name.toLowerCase()];
  const hex = /^#x/i.test(name);
  const codePoint = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}
