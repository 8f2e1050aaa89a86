import twitter from "twitter-text";

const urlLength = 23;
const windowSize = 1000;
const mention = /(?<![=/\w])@(\w(?:[\w.-]*\w)?)@[\w.-]*\w/gu;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Length as Mastodon counts it: what a reader sees as one character is one, every address is 23, and a mention
 * counts without its server. https://docs.joinmastodon.org/user/posting/#text (checked 2026-11)
 */
export function measure(text: string): number {
  return countGraphemes(shortened(text));
}

/** In windows, since Intl.Segmenter takes time with the square of the length. The last cluster may go on beyond one. */
function countGraphemes(text: string): number {
  let count = 0;
  let start = 0;
  let size = windowSize;
  while (start + size < text.length) {
    const cutsPair = /[\uD800-\uDBFF]/.test(text.charAt(start + size - 1));
    const clusters = [...graphemes.segment(text.slice(start, start + size - (cutsPair ? 1 : 0)))];
    const next = clusters.at(-1)?.index ?? 0;
    size = next === 0 ? size * 2 : windowSize;
    count += next === 0 ? 0 : clusters.length - 1;
    start += next;
  }
  return count + [...graphemes.segment(text.slice(start))].length;
}

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

/** The plain text of a status' HTML `content`, fit for `comparable`. */
export function plainText(content: string): string {
  return content
    .replace(/<br\s*\/?>|<\/p>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
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
