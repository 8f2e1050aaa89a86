import { describe, expect, it } from "@jest/globals";
import { fullText } from "./full-text.ts";

/** A link over a part of the text. */
function link(text: string, part: string, uri: string): object {
  const byteStart = Buffer.byteLength(text.slice(0, text.indexOf(part)));
  return { index: { byteStart, byteEnd: byteStart + Buffer.byteLength(part) }, features: [{ uri }] };
}

describe("a text with its links in full", () => {
  it.each([
    [
      "Ümid: example.org/peti... oxu",
      "example.org/peti...",
      "https://example.org/petition?a=1",
      "Ümid: https://example.org/petition?a=1 oxu",
    ],
    [
      "See www.example.org/a…",
      "www.example.org/a…",
      "https://www.example.org/all",
      "See https://www.example.org/all",
    ],
    ["https://example.org", "https://example.org", "https://example.org", "https://example.org"],
    [
      "Sign the petition today",
      "the petition",
      "https://example.org/p",
      "Sign the petition (https://example.org/p) today",
    ],
  ])("%s", (text, part, uri, full) => expect(fullText(text, [link(text, part, uri)])).toBe(full));

  it("keeps the order of several, and the text where one lies in another", () => {
    const text = "a.org and b.org";
    const facets = [link(text, "b.org", "https://b.org/2"), link(text, "a.org", "https://a.org/1")];
    expect(fullText(text, facets)).toBe("https://a.org/1 and https://b.org/2");
    expect(fullText(text, [link(text, text, "https://c.org"), ...facets])).toBe(
      "a.org and b.org (https://c.org)",
    );
  });

  it.each([
    ["no list", "facets"],
    ["no place", [{ features: [{ uri: "https://a.org" }] }]],
    ["a place outside", [{ index: { byteStart: 3, byteEnd: 99 }, features: [{ uri: "https://a.org" }] }]],
    ["no link", [{ index: { byteStart: 0, byteEnd: 2 }, features: [{ tag: "x" }] }]],
    ["nothing", undefined],
  ])("leaves the text alone with %s", (_what, facets) => expect(fullText("hello", facets)).toBe("hello"));
});
