import { describe, expect, it } from "@jest/globals";
import { difficultText } from "../../../test/contract/checks-publish.ts";
import { plainText } from "../../markup/plain-text.ts";
import { markdownBlocks } from "./markdown.ts";

const html = (text: string) =>
  markdownBlocks(text)
    .join("\n")
    .replace(/<!--.*?-->\n?/g, "")
    .replace(/\n/g, "");
const names = (text: string) =>
  [
    ...markdownBlocks(text)
      .join("\n")
      .matchAll(/<!-- (wp:[a-z-]+[^>]*?) -->/g),
  ].map(([, name]) => name);

describe("Markdown as blocks", () => {
  it.each([
    [
      "# One\n\n### Three",
      '<h2 class="wp-block-heading">One</h2><h3 class="wp-block-heading">Three</h3>',
      ["wp:heading", 'wp:heading {"level":3}'],
    ],
    [
      "**a** _b_ ~~c~~ `d` \\*e\\*",
      "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code> *e*</p>",
      ["wp:paragraph"],
    ],
    ["one\ntwo", "<p>one<br>two</p>", ["wp:paragraph"]],
    [
      "3. a\n4. b",
      '<ol start="3"><li>a</li><li>b</li></ol>',
      ['wp:list {"ordered":true,"start":3}', "wp:list-item", "wp:list-item"],
    ],
    [
      "- a\n\n  b\n- [x] c\n  - d\n- > e",
      "<ul><li>a<br>b</li><li>☑ c<ul><li>d</li></ul></li><li>&gt; e</li></ul>",
      ["wp:list", "wp:list-item", "wp:list-item", "wp:list", "wp:list-item", "wp:list-item"],
    ],
    [
      "> a\n>\n> - b",
      '<blockquote class="wp-block-quote"><p>a</p><ul><li>b</li></ul></blockquote>',
      ["wp:quote", "wp:paragraph", "wp:list", "wp:list-item"],
    ],
    [
      "```html\n<b>[x]</b>\n```",
      '<pre class="wp-block-code"><code>&lt;b&gt;&#091;x&#093;&lt;/b&gt;</code></pre>',
      ["wp:code"],
    ],
    ["---", '<hr class="wp-block-separator has-alpha-channel-opacity"/>', ["wp:separator"]],
    [
      '![a "b"](https://e.org/x.png)',
      '<figure class="wp-block-image"><img src="https://e.org/x.png" alt="a &quot;b&quot;"/></figure>',
      ["wp:image"],
    ],
    [
      "see ![a](https://e.org/x.png)",
      '<p>see <img src="https://e.org/x.png" alt="a"/></p>',
      ["wp:paragraph"],
    ],
    [
      "| a |\n|---|\n| <i> |",
      '<figure class="wp-block-table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;i&gt;</td></tr></tbody></table></figure>',
      ['wp:table {"hasFixedLayout":false}'],
    ],
    [
      "[a](https://e.org/?x=1&y=2) <https://e.org>",
      '<p><a href="https://e.org/?x=1&amp;y=2">a</a> <a href="https://e.org">https://e.org</a></p>',
      ["wp:paragraph"],
    ],
    ["", "", []],
  ])("%j", (text, expected, blocks) => {
    expect(html(text)).toBe(expected);
    expect(names(text)).toEqual(blocks);
  });

  it.each([
    '<div onclick="x">\n<script>alert(1)</script>\n</div>',
    "a <b>b</b> <!-- wp:html --> c",
    "[a](javascript:alert(1))",
    "![a](data:image/svg+xml,x)",
    "&amp; &copy; [gallery]",
  ])("leaves %j as text", (text) => {
    expect(plainText(markdownBlocks(text).join("\n"))).toBe(text);
    expect(html(text).match(/<(?!\/?(p|br)\b)/)).toBeNull();
  });

  it("leaves a text without Markdown as it is", () => {
    expect(plainText(markdownBlocks(difficultText).join("\n"))).toBe(difficultText);
  });

  it("refuses what is nested beyond reading, in words", () => {
    expect(() => markdownBlocks("> ".repeat(20_000))).toThrow(
      expect.objectContaining({ kind: "invalid", message: expect.stringContaining("too deep") }),
    );
  });
});
