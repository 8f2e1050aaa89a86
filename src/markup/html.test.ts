import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { postText } from "../practice/post-text.ts";
import { html, httpUrl } from "./html.ts";

describe("text on a page", () => {
  it("never opens a tag, closes an attribute or starts an entity, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { markup } = html`<p title="${text}">${text}</p>`;
        expect(markup.split(/[<>"'`]/)).toHaveLength('<p title=""></p>'.split(/[<>"'`]/).length);
        expect(shown(markup.slice('<p title="'.length, markup.indexOf('">')))).toBe(text);
      }),
    );
  });

  it("shows every character of a post, links and hashtags included", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "https://example.org/a?b=1&c=<>",
        "#Wasser_2026",
        "http://[",
        "https://x.y)…",
        "#",
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        expect(shown(postText(text).markup.replace(/<[^>]*>/g, ""))).toBe(text);
      }),
    );
  });

  it.each([
    ["See https://example.org/a(b).", "https://example.org/a(b"],
    ["(https://example.org)", "https://example.org/"],
    ["https://example.org/?a=1&b=2", "https://example.org/?a=1&amp;b=2"],
  ])("links the address in %s without the sentence around it", (text, href) => {
    expect(postText(text).markup).toContain(`<a href="${href}"`);
  });

  it.each([
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//example.org",
    "",
  ])("is not linked: %s", (text) => {
    expect(httpUrl(text)).toBeUndefined();
    expect(postText(text).markup).not.toContain("<a");
  });
});

function shown(markup: string): string {
  const characters: Record<string, string> = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&#96;": "`",
  };
  return markup.replace(/&[a-z0-9#]+;/g, (entity) => characters[entity] ?? entity);
}
