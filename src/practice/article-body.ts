import { attributeOf, decodeEntities } from "../markup/entities.ts";
import { type Html, html, httpUrl } from "../markup/html.ts";

/**
 * An article's HTML made anew from a small set of elements, without their attributes. Whatever else is in it stands
 * there as the text it was written with.
 * @param file a kept picture or video by its address; undefined: nothing is shown
 */
export function articleBody(source: string, file: (url: string) => Html | undefined): Html {
  const tree = newTree();
  for (const { text, name, isEnd, attributes } of piecesOf(source)) {
    tree.add(html`${decodeEntities(text)}`);
    if (isEnd) tree.close(name);
    else if (elements.has(name)) tree.open(name, attributes);
    else if (files.has(name)) tree.add(html`${file(attributeOf(attributes, "src") ?? "")}`);
    else tree.add(html`${alone.get(name)}`);
  }
  return tree.whole();
}

interface Element {
  readonly name: string;
  readonly attributes: string;
  readonly inside: Html[];
}

const deepest = 20;

/** Elements within each other: each is ended, and an end without a beginning is nothing. */
function newTree() {
  const top: Element = { name: "", attributes: "", inside: [] };
  const path: Element[] = [];
  const add = (part: Html) => (path.at(-1) ?? top).inside.push(part);
  const closeLast = () => {
    const element = path.pop();
    if (element) add(made(element));
  };
  return {
    add,
    open(name: string, attributes: string): void {
      if (!inline.has(name)) while (holdsWords.has(path.at(-1)?.name ?? "")) closeLast();
      if (path.length < deepest) path.push({ name, attributes, inside: [] });
    },
    close(name: string): void {
      const at = path.findLastIndex((element) => element.name === name);
      while (at >= 0 && path.length > at) closeLast();
    },
    whole(): Html {
      while (path.length > 0) closeLast();
      return html`${top.inside}`;
    },
  };
}

const elements = new Map<string, (inside: readonly Html[]) => Html>([
  ["p", (inside) => html`<p>${inside}</p>`],
  ["h2", (inside) => html`<h4>${inside}</h4>`], // below the post's own title
  ["h3", (inside) => html`<h5>${inside}</h5>`],
  ["h4", (inside) => html`<h6>${inside}</h6>`],
  ["h5", (inside) => html`<h6>${inside}</h6>`],
  ["h6", (inside) => html`<h6>${inside}</h6>`],
  ["pre", (inside) => html`<pre>${inside}</pre>`],
  ["blockquote", (inside) => html`<blockquote>${inside}</blockquote>`],
  ["ul", (inside) => html`<ul>${inside}</ul>`],
  ["ol", (inside) => html`<ol>${inside}</ol>`],
  ["li", (inside) => html`<li>${inside}</li>`],
  ["table", (inside) => html`<table>${inside}</table>`],
  ["tr", (inside) => html`<tr>${inside}</tr>`],
  ["th", (inside) => html`<th>${inside}</th>`],
  ["td", (inside) => html`<td>${inside}</td>`],
  ["strong", (inside) => html`<strong>${inside}</strong>`],
  ["em", (inside) => html`<em>${inside}</em>`],
  ["s", (inside) => html`<s>${inside}</s>`],
  ["code", (inside) => html`<code>${inside}</code>`],
  ["a", (inside) => html`${inside}`],
]);
const alone = new Map([
  ["br", html`<br>`],
  ["hr", html`<hr>`],
]);
const files = new Set(["img", "video"]);
/** Around others, and of no meaning here. */
const wrappers = new Set(["figure", "thead", "tbody"]);
const inline = new Set(["strong", "em", "s", "code", "a"]);
/** A block within one of these ends it, as in a browser. */
const holdsWords = new Set([...inline, "p", "h2", "h3", "h4", "h5", "h6", "pre"]);

function made({ name, attributes, inside }: Element): Html {
  const address = name === "a" ? httpUrl(attributeOf(attributes, "href") ?? "") : undefined;
  if (address === undefined) return elements.get(name)?.(inside) ?? html`${inside}`;
  return html`<a href="${address}" rel="noopener noreferrer nofollow">${inside}</a>`;
}

interface Piece {
  /** What stands before the tag. */
  readonly text: string;
  /** Empty at the end of all. */
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: string;
}

const tagOrComment = /<!--|<(\/?)([a-z][a-z\d]*)((?:\s[^<>]*)?)>/gi;

/** In one pass, for it may be long. Comments, of which the editor makes many, are left out; one without an end is text. */
function* piecesOf(source: string): Generator<Piece> {
  const lastComment = source.lastIndexOf("-->");
  let text = "";
  let done = 0;
  for (const { 0: found, 1: slash, 2: tag, 3: attributes = "", index } of source.matchAll(tagOrComment)) {
    const isComment = tag === undefined && index < lastComment;
    const name = tag?.toLowerCase() ?? "";
    if (index < done || !(isComment || isKnown(name))) continue;
    text += source.slice(done, index);
    done = isComment ? source.indexOf("-->", index) + 3 : index + found.length;
    if (isComment) continue;
    yield { text, name, isEnd: slash === "/", attributes };
    text = "";
  }
  yield { text: text + source.slice(done), name: "", isEnd: true, attributes: "" };
}

function isKnown(name: string): boolean {
  return [elements, alone, files, wrappers].some((names) => names.has(name));
}
