import { isUrl } from "../../domain/is-url.ts";

/** Text inside HTML: nothing in it is markup, nor one of WordPress's [shortcodes]. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>[\]]/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "[": "&#091;",
  "]": "&#093;",
};

/** Text inside a quoted attribute. */
export function escapeAttribute(text: string): string {
  return escapeHtml(text).replace(/"/g, "&quot;");
}

/**
 * One block as the editor saves it.
 * https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/ (checked 2026-11)
 * @param attributes numbers and booleans only: texts would have to be escaped for a comment
 */
export function block(
  name: string,
  html: string,
  attributes: Readonly<Record<string, number | boolean>> = {},
): string {
  const given = Object.keys(attributes).length > 0 ? ` ${JSON.stringify(attributes)}` : "";
  return `<!-- wp:${name}${given} -->\n${html}\n<!-- /wp:${name} -->`;
}

/** Plain text as paragraph blocks: a reader sees what was written, with its lines, blanks and addresses. */
export function paragraphs(text: string): string[] {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== "")
    .map((part) => block("paragraph", `<p>${lines(part)}</p>`));
}

/** A browser shows a row of blanks as one, unless they are hard ones. */
function lines(part: string): string {
  const hard = part.replace(/^\n|\n$/g, "").replace(/^ | (?= )/gm, "\u00a0");
  return linked(hard).replace(/\n/g, "<br>");
}

/** Escaped text whose http(s) addresses can be followed. */
export function linked(text: string): string {
  let html = "";
  let done = 0;
  for (const { 0: found, index } of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    const address = withoutEnd(found);
    if (!isUrl(address)) continue;
    html += `${escapeHtml(text.slice(done, index))}${anchor(address, escapeHtml(address))}`;
    done = index + address.length;
  }
  return html + escapeHtml(text.slice(done));
}

export function anchor(href: string, html: string): string {
  return `<a href="${escapeAttribute(href)}">${html}</a>`;
}

/** Punctuation at its end belongs to the sentence; a bracket too, unless it was opened inside. */
function withoutEnd(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    const isOwnBracket = last === ")" && address.slice(0, end).includes("(");
    if (isOwnBracket || !".,;:!?'])}".includes(last)) break;
  }
  return address.slice(0, end);
}
