import { FeedError } from "./feed-error.ts";

const maxDepth = 100;
const maxParts = 100_000;

// Of these the parser takes names apart at the square of their length; and an element called "length" it takes for the length of a list.
const leftOut = new Set(["author", "managingeditor", "webmaster", "length"]);

/**
 * The same XML with elements, text and CDATA alone, ended where its outermost element ends: the parser forgives much
 * and bounds little, so what could make it work without end is sorted out here, in one pass.
 * Declarations (`<!DOCTYPE`, `<!ENTITY`) are refused wherever XML would obey them. A feed needs none, and entities
 * are how a few lines unfold into gigabytes or ask for files of ours.
 * @param root where the tag of the outermost element stands
 * @throws FeedError `feed_refused` for those, for XML with a mistake in it or cut short, and for too much structure
 */
export function plainXml(text: string, root: number): string {
  const kept: string[] = [];
  const open: Element[] = [];
  let parts = 0;
  let at = root;
  do {
    const piece = pieceAt(text, at);
    at += piece.text.length;
    parts += piece.attributes + 1;
    if (piece.starts !== undefined) open.push(element(piece.starts, open.at(-1)));
    if (parts > maxParts || open.length > maxDepth) throw tooMuch();
    if (piece.isKept && !open.at(-1)?.isLeftOut) kept.push(piece.text);
    if (piece.ends !== undefined && open.pop()?.name !== piece.ends) throw mistake(text, at);
  } while (open.length > 0);
  return kept.join("");
}

interface Element {
  readonly name: string;
  readonly isLeftOut: boolean;
}

function element(name: string, parent: Element | undefined): Element {
  const localName = name.slice(name.lastIndexOf(":") + 1).toLowerCase();
  return { name, isLeftOut: parent?.isLeftOut === true || leftOut.has(localName) };
}

interface Piece {
  readonly text: string;
  /** The element that starts here, that ends here; both where it is empty. */
  readonly starts?: string;
  readonly ends?: string;
  readonly attributes: number;
  /** False for comments and instructions to programs. */
  readonly isKept: boolean;
}

function pieceAt(text: string, at: number): Piece {
  const words = wordsAt(text, at);
  if (words !== undefined) return { text: words, attributes: 0, isKept: true };
  const aside = between(text, at, "<!--", "-->") ?? between(text, at, "<?", "?>");
  if (aside !== undefined) return { text: aside, attributes: 0, isKept: false };
  if (/^<!(?!--|\[CDATA\[)/.test(text.slice(at, at + 9))) throw declared();
  const [end, name] = match(endTag, text, at);
  if (end !== undefined && name !== undefined) return { text: end, ends: name, attributes: 0, isKept: true };
  return startAt(text, at);
}

// No pattern for what may be megabytes long: now and then an engine has no room to go back through all of it, and fails.
function wordsAt(text: string, at: number): string | undefined {
  const next = text.indexOf("<", at);
  if (next === at || at >= text.length) return between(text, at, "<![CDATA[", "]]>");
  return text.slice(at, next < 0 ? text.length : next);
}

function between(text: string, at: number, begin: string, end: string): string | undefined {
  if (!text.startsWith(begin, at)) return undefined;
  const to = text.indexOf(end, at + begin.length);
  return to < 0 ? undefined : text.slice(at, to + end.length);
}

function startAt(text: string, at: number): Piece {
  const [begin, name] = match(startOfTag, text, at);
  if (begin === undefined || name === undefined) throw mistake(text, at);
  let to = at + begin.length;
  let attributes = 0;
  for (let [found] = match(attribute, text, to); found; [found] = match(attribute, text, to)) {
    to += found.length;
    attributes++;
  }
  const [close] = match(endOfTag, text, to);
  if (close === undefined) throw mistake(text, to);
  const piece = { text: text.slice(at, to + close.length), starts: name, attributes, isKept: true };
  return close.endsWith("/>") ? { ...piece, ends: name } : piece;
}

// All of them look at one place only, and none has two ways to read the same text.
const startOfTag = /<([A-Za-z_\u0080-\uffff][-\w.:\u0080-\uffff]*)/y;
const attribute = /\s+[A-Za-z_\u0080-\uffff][-\w.:\u0080-\uffff]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;
const endOfTag = /\s*\/?>/y;
const endTag = /<\/([A-Za-z_\u0080-\uffff][-\w.:\u0080-\uffff]*)\s*>/y;

function match(pattern: RegExp, text: string, at: number): readonly (string | undefined)[] {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? [];
}

export function declared(): FeedError {
  return new FeedError(
    "feed_refused",
    "The feed begins with a document type or defines entities of its own. Feeds need neither, and they can be used to attack whoever reads them, so we do not read it. Ask whoever runs the site for a feed without a DOCTYPE.",
  );
}

function mistake(text: string, at: number): FeedError {
  const line = text.slice(0, at).split("\n").length;
  const where = at < text.length ? `has a mistake near line ${line}` : "breaks off before its end";
  return new FeedError(
    "feed_refused",
    `The feed ${where}. Ask whoever runs the site to repair it; https://validator.w3.org/feed/ shows them what is wrong.`,
  );
}

function tooMuch(): FeedError {
  return new FeedError(
    "feed_refused",
    "The feed has far more structure than articles need, so we do not read it. Ask whoever runs the site to list fewer articles in it; the latest twenty are enough.",
  );
}
