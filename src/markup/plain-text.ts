import { attributeOf, decodeEntities } from "./entities.ts";

/** What a reader sees of a post's HTML: its words and lines, its links in full, no markup. */
export function plainText(html: string): string {
  const seen: string[] = [];
  let isPre = false;
  let link: { readonly href: string; readonly at: number } | undefined;
  for (const { before, name, isEnd, attributes } of tagsOf(html)) {
    seen.push(words(before, isPre));
    if (name === "pre") isPre = !isEnd;
    if (name === "a" && link) seen.push(behind(seen.slice(link.at).join(""), link.href));
    if (name === "a")
      link = isEnd ? undefined : { href: attributeOf(attributes, "href") ?? "", at: seen.length };
    seen.push((isEnd ? atEnd : atStart)[name] ?? "");
  }
  return tidy(seen.join(""));
}

interface Tag {
  /** What stands between the tag before and this one. */
  readonly before: string;
  /** Empty at the end of all. */
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: string;
}

/**
 * Every tag, without comments, scripts and styles. In one pass: what a site sends may be long, and need not be
 * well-formed.
 */
function* tagsOf(html: string): Generator<Tag> {
  let done = 0;
  let hiddenUntil: string | undefined;
  for (const { 0: found, 1: slash, 2: tag, 3: attributes = "", index } of html.matchAll(anyTag)) {
    const name = (tag ?? found).toLowerCase();
    const before = html.slice(done, index);
    done = index + found.length;
    if (hiddenUntil === undefined) yield { before, name, isEnd: slash === "/", attributes };
    if (hiddenUntil === undefined && slash !== "/") hiddenUntil = hides[name];
    else if (hiddenUntil === `${slash ?? ""}${name}`) hiddenUntil = undefined;
  }
  yield { before: hiddenUntil === undefined ? html.slice(done) : "", name: "", isEnd: true, attributes: "" };
}

// A name ends where it ends: shorter ones would be tried for each of its letters.
const anyTag = /<!--|-->|<(\/?)([a-z][a-z\d]*)(?![a-z\d])([^<>]*)>/gi;
const hides: Readonly<Record<string, string>> = { "<!--": "-->", script: "/script", style: "/style" };

const atStart: Readonly<Record<string, string>> = { br: "\n", li: "\n• " };
const blockEnd = "\n\n";
const atEnd: Readonly<Record<string, string>> = {
  li: "\n",
  tr: "\n",
  td: " ",
  th: " ",
  ...Object.fromEntries(
    "p h1 h2 h3 h4 h5 h6 blockquote figure pre ul ol div table".split(" ").map((name) => [name, blockEnd]),
  ),
};

/** Blanks that are shown as they are become hard ones, so that tidying leaves them. Megabytes of others go by the thousand. */
function words(html: string, isPre: boolean): string {
  const text = isPre ? html.replace(/ /g, "\u00a0") : html.replace(/[ \t\r\n\f]{1,1000}/g, " ");
  return decodeEntities(text);
}

/** Where the words are another thing than the address, the address stands behind them. */
function behind(label: string, href: string): string {
  const isSame = bare(label) === bare(href) || label.trim() === "";
  return isSame || !/^https?:/i.test(href) ? "" : ` (${href})`;
}

function bare(address: string): string {
  return address
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/$/, "");
}

function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/\n\n(?=• )/g, "\n")
    .replace(/^[ \n]+|[ \n]+$/g, "")
    .replace(/\u00a0/g, " ");
}
