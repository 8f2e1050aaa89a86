import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { comparable, measure, plainText } from "./text.ts";

describe("length as Mastodon counts it", () => {
  it.each([
    ["", 0],
    ["hello", 5],
    ["👩‍👩‍👧", 1],
    ["e\u0301", 1],
    ["ماء", 3],
    ["日本", 2],
    ["https://example.org/a/very/long/path?with=a&query=that-goes-on-and-on", 23],
    ["http://a.co", 23],
    ["see https://example.org, and http://example.com.", 4 + 23 + 6 + 23 + 1],
    ["example.org", 11],
    ["ftp://example.org/x", 19],
    ["@water_now@mastodon.example", 10],
    ["cc @a@b.example and @c", 5 + 7],
    ["mail@example.org", 16],
    ["https://example.org/@water_now@mastodon.example", 23],
  ])("%s", (text, length) => {
    expect(measure(text)).toBe(length);
  });
});

describe("a long text", () => {
  it("is counted as exactly as a short one", () => {
    const piece = fc.constantFrom(
      "a",
      "\r\n",
      "👩‍👩‍👧",
      "👍🏽",
      "🇦🇿",
      "e\u0301\u0302",
      "\u0600",
      "한",
      "\ud83d",
      " ",
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 200, maxLength: 1500, size: "max" }), (pieces) => {
        const text = pieces.join("");
        expect(measure(text)).toBe([...new Intl.Segmenter("en").segment(text)].length);
      }),
      { numRuns: 30 },
    );
  });
});

describe("a status' content read back", () => {
  it.each([
    ["<p>hello</p>", "hello"],
    ["<p>one<br />two<br>three</p><p>four</p>", "one two three four"],
    [
      "<p>Fish &amp; chips &lt;b&gt; &quot;a&quot; &#39;b&#39; &#x1F41F;</p>",
      "Fish & chips <b> \"a\" 'b' 🐟",
    ],
    [
      '<p><a href="https://example.org/a?b=1&amp;c=2"><span class="invisible">https://</span><span class="ellipsis">example.org/a?b=1</span><span class="invisible">&amp;c=2</span></a></p>',
      "https://example.org/a?b=1&c=2",
    ],
    [
      '<p><span class="h-card"><a href="https://m.example/@a" class="u-url mention">@<span>a</span></a></span> hi <a href="https://m.example/tags/Water" class="mention hashtag" rel="tag">#<span>Water</span></a></p>',
      "@a@m.example hi #Water",
    ],
    ["<p>&unknown; &#1114112; stay</p>", "&unknown; &#1114112; stay"],
  ])("%s", (content, sent) => {
    expect(comparable(plainText(content))).toBe(comparable(sent));
  });

  it("is the text that was sent, whatever that was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
        const content = `<p>${escaped.replace(/\n\n/g, "</p><p>").replace(/\n/g, "<br />")}</p>`;
        expect(comparable(plainText(content))).toBe(comparable(text));
      }),
    );
  });
});
