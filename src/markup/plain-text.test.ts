import { describe, expect, it } from "@jest/globals";
import { expectLinear } from "../../test/support/growth.ts";
import { plainText } from "./plain-text.ts";

describe("what a reader sees of HTML", () => {
  it.each([
    ["<p>One</p>\n<p>two<br />\nthree</p>\n", "One\n\ntwo\nthree"],
    [
      "<p>Fish &amp; chips &#8211; &#8220;so&#8221; &lt;b&gt; &hellip; &#x1F41F; &unknown;</p>",
      "Fish & chips – “so” <b> … 🐟 &unknown;",
    ],
    [
      "<h2>Head</h2>\n<ul>\n<li>one</li>\n<li>two\n<ol><li>in</li></ol></li>\n</ul>\n<p>End</p>",
      "Head\n• one\n• two\n• in\n\nEnd",
    ],
    ["<pre>a  b\n  c</pre>", "a  b\n  c"],
    [
      '<p>See <a class="x" href="https://example.org/a?b=1&#038;c=2">the plan</a>.</p>',
      "See the plan (https://example.org/a?b=1&c=2).",
    ],
    [
      '<a href="https://example.org/">example.org</a> <a href="#n1">1</a> <a href="https://e.org/x"><img src="y"></a>',
      "example.org 1",
    ],
    ['<style>p{}</style>a<script>if (a < b) alert(\'<p>\')</script>b<!-- wp:x {"a":"<p>"} -->c', "abc"],
    ["<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"],
    ["a < b and c > d <3 <", "a < b and c > d <3 <"],
    ["<p>never closed <b>bold", "never closed bold"],
    ["<!-- never closed <p>x</p>", ""],
    ["", ""],
  ])("%j", (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it("takes a tag of one endless name without delay", () =>
    expectLinear((letters) => plainText(`<${"a".repeat(letters)}`), 1_000_000));

  it.each(["<script>", "<!--", "<a href='", "<pre>", "&", "<li>", "\n ", '<a href="https://e.org">x'])(
    "takes a long row of %j without delay",
    (piece) => expectLinear((pieces) => plainText(piece.repeat(pieces)), 100_000),
  );
});
