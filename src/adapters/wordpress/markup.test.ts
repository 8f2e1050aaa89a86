import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { difficultText } from "../../../test/contract/checks-publish.ts";
import { plainText } from "../../markup/plain-text.ts";
import { block, linked, paragraphs } from "./markup.ts";

describe("a plain text as blocks", () => {
  it("is paragraphs with their lines", () => {
    expect(paragraphs("One\ntwo\r\n\r\n\r\nThree\n")).toEqual([
      "<!-- wp:paragraph -->\n<p>One<br>two</p>\n<!-- /wp:paragraph -->",
      "<!-- wp:paragraph -->\n<p>Three</p>\n<!-- /wp:paragraph -->",
    ]);
  });

  it.each([
    difficultText,
    "#hashtag at the start\n# no heading\n- no list\n1. no list\n> no quote\n\n    no code",
    "[gallery] [caption]no shortcode[/caption] &amp; &#91; <!-- wp:html --> --> <script>",
    "two  blanks   three\n indented",
    "https://example.org/a_(b) (https://example.org/c), http://[broken and https://example.org/?q=[x]!",
  ])("reads as it was written: %j", (text) => {
    const html = paragraphs(text).join("\n\n");
    expect(plainText(html)).toBe(text);
    expect(html).not.toMatch(/[[\]]/);
  });

  it("reads as it was written, whatever that was", () => {
    const piece = fc.constantFrom(
      "a",
      " ",
      "\n",
      "<",
      ">",
      "&",
      "&lt;",
      '"',
      "'",
      "[",
      "]",
      "--",
      "<!--",
      "-->",
      "https://e.org/",
      "🐟",
      "ماء",
      ")",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        const shape = (words: string) => words.replace(/[ \n]*\n[ \n]*/g, "\n").trim();
        expect(shape(plainText(paragraphs(text).join("\n\n")))).toBe(shape(text));
      }),
      { numRuns: 500 },
    );
  });

  it("has nothing of the text in its comments", () => {
    expect(block("image", "<img/>", { id: 7 })).toBe(
      '<!-- wp:image {"id":7} -->\n<img/>\n<!-- /wp:image -->',
    );
  });
});

describe("addresses in a text", () => {
  it.each([
    [
      "see https://example.org/a?b=1&c=2.",
      'see <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.',
    ],
    ["(https://example.org)", '(<a href="https://example.org">https://example.org</a>)'],
    ["https://e.org/a_(b)", '<a href="https://e.org/a_(b)">https://e.org/a_(b)</a>'],
    ["http://[ and example.org", "http://&#091; and example.org"],
    ['https://e.org/"onclick="x', '<a href="https://e.org/">https://e.org/</a>"onclick="x'],
    ["javascript:alert(1)", "javascript:alert(1)"],
  ])("%s", (text, html) => {
    expect(linked(text)).toBe(html);
  });
});
