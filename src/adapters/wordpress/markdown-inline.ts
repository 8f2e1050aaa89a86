import type { MarkedToken, Token, Tokens } from "marked";
import { isUrl } from "../../domain/is-url.ts";
import { anchor, escapeAttribute, escapeHtml } from "./markup.ts";

/** Words with what Markdown may make of them inside a paragraph. */
export function inline(tokens: readonly Token[]): string {
  return (tokens as readonly Tokens.Generic[]).map(one).join("");
}

/** Pictures come from the web, never from a `data:` or `javascript:` address. */
export function isShowable(href: string): boolean {
  return /^https?:\/\//i.test(href) && isUrl(href);
}

function one(token: Tokens.Generic): string {
  const kind = token as MarkedToken;
  switch (kind.type) {
    case "text":
      return kind.tokens ? inline(kind.tokens) : escapeHtml(kind.text);
    case "escape":
      return escapeHtml(kind.text);
    case "strong":
      return `<strong>${inline(kind.tokens)}</strong>`;
    case "em":
      return `<em>${inline(kind.tokens)}</em>`;
    case "del":
      return `<s>${inline(kind.tokens)}</s>`;
    case "codespan":
      return `<code>${escapeHtml(kind.text)}</code>`;
    case "br":
      return "<br>";
    case "checkbox":
      return kind.checked ? "☑ " : "☐ ";
    case "link":
      return canFollow(kind.href) ? anchor(kind.href, inline(kind.tokens)) : escapeHtml(kind.raw);
    case "image":
      return isShowable(kind.href)
        ? `<img src="${escapeAttribute(kind.href)}" alt="${escapeAttribute(kind.text)}"/>`
        : escapeHtml(kind.raw);
    default:
      return escapeHtml(token.raw); // HTML above all
  }
}

function canFollow(href: string): boolean {
  return /^(https?:\/\/|mailto:|tel:)/i.test(href);
}
