import { describe, expect, test } from "@jest/globals";
import { isSameText } from "./match.ts";

const plain = { media: false, reply: false };

describe("our post is known again in the shape X gives it", () => {
  test.each([
    ["as it is", "Clean water is a right", "Clean water is a right"],
    ["a shortened link", "Read https://example.org/a?b=c&d=e now", "Read https://t.co/Ab12Cd34Ef now"],
    ["a link below the text", "Water\nhttps://example.org", "Water\nhttps://t.co/Ab12Cd34Ef"],
    ["a bare domain", "Go to example.org today", "Go to https://t.co/Ab12Cd34Ef today"],
    ["a domain younger than any list", "Go to water.newtld", "Go to https://t.co/Ab12Cd34Ef"],
    ["a link in brackets", "(https://example.org/x)", "(https://t.co/Ab12Cd34Ef)"],
    [
      "two links in a word",
      "https://a.org,https://b.org.",
      "https://t.co/Ab12Cd34Ef,https://t.co/Gh56Ij78Kl.",
    ],
    ["a link among letters without spaces", "水https://example.org/a", "水https://t.co/Ab12Cd34Ef"],
    ["a link X left alone", "See https://example.org", "See https://example.org"],
    ["our own t.co link", "See https://t.co/own", "See https://t.co/own"],
    ["escaped signs", "Q&A: 1 < 2 > 0", "Q&amp;A: 1 &lt; 2 &gt; 0"],
    ["an escape we wrote ourselves", "write &lt; as &amp;lt;", "write &amp;lt; as &amp;amp;lt;"],
    ["letters in two pieces", "cafe\u0301", "caf\u00e9"],
    ["other white space", " One\r\n\r\ntwo  three ", "One\n\ntwo three"],
    ["an emoji without its selector", "I ❤\uFE0F water", "I ❤ water"],
    ["right to left, without its marks", "\u2067الماء حق\u2069", "الماء حق"],
  ])("%s", (_name, sent, shown) => expect(isSameText({ ...plain, text: sent }, shown)).toBe(true));

  test.each([
    ["one picture", "Look", "Look https://t.co/Ab12Cd34Ef", true],
    ["a picture and a link", "https://a.org", "https://t.co/Ab12Cd34Ef https://t.co/Gh56Ij78Kl", true],
    ["only a picture", "", "https://t.co/Ab12Cd34Ef", true],
    ["a picture X does not show", "Look", "Look", true],
    ["more than a picture", "Look", "Look here https://t.co/Ab12Cd34Ef", false],
  ])("with media: %s", (_name, sent, shown, same) =>
    expect(isSameText({ text: sent, media: true, reply: false }, shown)).toBe(same),
  );

  test("a reply, with the names X puts in front of it", () =>
    expect(isSameText({ text: "Part two", media: false, reply: true }, "@cleanwater Part two")).toBe(true));
});

describe("somebody else's words are not taken for ours", () => {
  test.each([
    ["another text", "Clean water", "Dirty water"],
    ["another case", "Clean water", "clean water"],
    ["a longer text", "Clean water", "Clean water now"],
    ["a shorter text", "Clean water now", "Clean water"],
    ["a picture we did not send", "Clean water", "Clean water https://t.co/Ab12Cd34Ef"],
    ["a link for a word", "Hello", "https://t.co/Ab12Cd34Ef"],
    ["a link for a word within a text", "Hello you all", "Hello https://t.co/Ab12Cd34Ef all"],
    ["a link and another end", "https://example.org!", "https://t.co/Ab12Cd34Ef?"],
    ["a mention in front of a post", "Part two", "@cleanwater Part two"],
  ])("%s", (_name, sent, shown) => expect(isSameText({ ...plain, text: sent }, shown)).toBe(false));
});
