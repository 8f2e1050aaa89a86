import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { nastyStrings } from "../../test/support/nasty-strings.ts";
import { html } from "../markup/html.ts";
import { articleBody } from "./article-body.ts";

const made = (source: string) =>
  articleBody(source, (url) => (url === "https://ours/a.jpg" ? html`<img src="/a.jpg">` : undefined)).markup;

describe("an article's HTML", () => {
  it("is shown as the editor meant it", () => {
    expect(made('<!-- wp:heading -->\n<h2 class="a">Water</h2>\n<!-- /wp:heading -->').trim()).toBe(
      "<h4>Water</h4>",
    );
    expect(made("<ul><li>One <strong>and</strong> two<br>three</li></ul>")).toBe(
      "<ul><li>One <strong>and</strong> two<br>three</li></ul>",
    );
    expect(made("<p>5 &gt; 3 &amp; &#8220;so&#8221;</p>")).toBe("<p>5 &gt; 3 &amp; “so”</p>");
    expect(made('<figure class="wp"><img src="https://ours/a.jpg" alt=""/></figure>')).toBe(
      '<img src="/a.jpg">',
    );
  });

  it.each([
    [
      '<a href="https://example.org/" onclick="x">go</a>',
      '<a href="https://example.org/" rel="noopener noreferrer nofollow">go</a>',
    ],
    ['<a href="javascript:x">go</a>', "go"],
    ['<p style="position:fixed" onclick="x">go</p>', "<p>go</p>"],
    ['<img src="https://elsewhere/a.jpg" onerror="x">', ""],
    ["<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"],
    ["</style></p></div>", "&lt;/style&gt;&lt;/div&gt;"],
    ["<constructor>&constructor;", "&lt;constructor&gt;&amp;constructor;"],
    ["<!-- no end", "&lt;!-- no end"],
    ["<p>one<p>two", "<p>one</p><p>two</p>"],
    ["<strong>one</em> two", "<strong>one two</strong>"],
  ])("%s becomes %s", (source, markup) => {
    expect(made(source)).toBe(markup);
  });

  it("never holds an element, an attribute or an entity of its own, and closes what it opens", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...nastyStrings,
        "<p>",
        "</p>",
        "<ul>",
        "<li>",
        "</a>",
        '<a href="https://a.example/">',
        "<!--",
        "-->",
      ),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const rest = made(pieces.join(""));
        const tags = rest.match(/<[^>]*>/g) ?? [];
        const plain = /^<\/?(p|h4|h5|h6|pre|blockquote|ul|ol|li|table|tr|th|td|strong|em|s|code|a|br|hr)>$/;
        const link = /^<a href="https?:[^"<>]*" rel="noopener noreferrer nofollow">$/;
        expect(tags.filter((tag) => !plain.test(tag) && !link.test(tag))).toEqual([]);
        const open: string[] = [];
        for (const [, slash, name = ""] of rest.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
          if (name === "br" || name === "hr") continue;
          if (slash === "/") expect(open.pop()).toBe(name);
          else open.push(name);
        }
        expect(open).toEqual([]);
      }),
    );
  });

  it("takes no longer than its length, however it is made", () => {
    const maxMicroseconds = 2_000_000; // a thousand times what it takes, and a tenth of what it would if it looked back
    for (const source of ["<!--", "<p ", "<p>", "</p>", "<a href='", "<ul><li>", "-->", "&", "<!-- -->"]) {
      const before = process.cpuUsage();
      made(source.repeat(100_000 / source.length));
      expect([source, process.cpuUsage(before).user < maxMicroseconds]).toEqual([source, true]);
    }
  });
});
