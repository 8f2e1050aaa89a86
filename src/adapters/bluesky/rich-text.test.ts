import { describe, expect, it } from "@jest/globals";
import { type Facet, facetsOf, mentionsIn } from "./rich-text.ts";

/** Each marked part as a reader of the UTF-8 bytes sees it, with what it is. */
function marked(text: string, facets: readonly Facet[]): unknown[] {
  const bytes = Buffer.from(text);
  return facets.map(({ index: { byteStart, byteEnd }, features: [feature] }) => {
    const { $type, ...what } = feature ?? { $type: "" };
    return [bytes.toString("utf8", byteStart, byteEnd), ...Object.values(what)];
  });
}

const parts = async (text: string, link: string | null = null, dids = {}) =>
  marked(text, await facetsOf(text, link, dids));

describe("what is marked in a text", () => {
  it("links and hashtags, by their bytes, whatever stands before them", async () => {
    const text = "ماء 👩‍👩‍👧 naïve #Su4Hamı: https://example.org/ş?a=b, və example.com (bax)";
    expect(await parts(text)).toEqual([
      ["#Su4Hamı", "Su4Hamı"],
      ["https://example.org/ş?a=b", "https://example.org/ş?a=b"],
      ["example.com", "https://example.com"],
    ]);
  });

  it("a mention whose account is known, and none that is not", async () => {
    const text = "Thanks @water.bsky.social and @nobody.example.org!";
    expect(await parts(text, null, { "water.bsky.social": "did:plc:abc" })).toEqual([
      ["@water.bsky.social", "did:plc:abc"],
    ]);
  });

  it.each([
    "https://example.org/a)",
    "https://example.org/is-it?",
    "https://example.org/#part",
    "http://10.0.0.1/x",
  ])("the link below the text to its last character: %s", async (link) => {
    expect(await parts(`Ümid: ماء 🐟\n${link}`, link)).toEqual([[link, link]]);
    expect(await parts(link, link)).toEqual([[link, link]]);
  });

  it("nothing in plain words", async () => {
    expect(await parts("1 # 2, a@b, not.a.link.zzzz, $5 and #123")).toEqual([]);
  });
});

describe("who is mentioned", () => {
  it("each once, and only what can be a handle", async () => {
    expect(
      await mentionsIn("@a.example.org @a.example.org @b..org @-c.org @nothing a@d.org (@e.net)"),
    ).toEqual(["a.example.org", "e.net"]);
  });
});
