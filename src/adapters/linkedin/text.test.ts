import { describe, expect, it, test } from "@jest/globals";
import fc from "fast-check";
import { shownLittleText, understood } from "./practice-text.ts";
import { littleText, measure, plainText, textOf } from "./text.ts";

describe("what a reader sees is what was written", () => {
  test.each([
    [
      "every reserved sign",
      "| { } @ [ ] ( ) < > # \\ * _ ~",
      "\\| \\{ \\} \\@ \\[ \\] \\( \\) \\< \\> \\# \\\\ \\* \\_ \\~",
    ],
    ["a hashtag", "For #WaterForAll!", "For #WaterForAll!"],
    ["hashtags of other scripts", "#Água #水 #ماء #جل‌نا", "#Água #水 #ماء #جل‌نا"],
    ["a hashtag in brackets", "(#Water)", "\\(#Water\\)"],
    ["a hashtag and an underscore", "#Water_for_all", "#Water\\_for\\_all"],
    ["numbers, which are no hashtag", "We are #1 in C# and F##", "We are \\#1 in C\\# and F\\#\\#"],
    ["an address with a fragment", "https://example.org/a_b?c=d#e", "https://example.org/a\\_b?c=d\\#e"],
    ["an address that ends like a hashtag", "https://example.org/#top", "https://example.org/\\#top"],
    ["what looks like a mention", "@[Eddy](urn:li:person:1)", "\\@\\[Eddy\\]\\(urn:li:person:1\\)"],
    ["what looks like a template", "{hashtag|\\#|x}", "\\{hashtag\\|\\\\\\#\\|x\\}"],
    ["nothing", "", ""],
  ])("%s", (_what, text, little) => {
    expect(littleText(text)).toBe(little);
    expect(plainText(little)).toBe(text);
  });

  it("whatever it is: no sign stays unescaped, none is lost, and none is added", () => {
    const text = fc.string({ unit: fc.constantFrom(..."ab1 #@{}[]()|\\<>*_~\n.水") });
    fc.assert(
      fc.property(text, (written) => {
        expect(understood(littleText(written))).toBe(written);
        expect(plainText(shownLittleText(written))).toBe(written);
      }),
    );
  });
});

describe("what LinkedIn gives back is read as readers see it", () => {
  test.each([
    [
      "hashtags as templates",
      "Follow {hashtag|\\#|coding} and {hashtag|#|water}",
      "Follow #coding and #water",
    ],
    ["a wide number sign", "{hashtag|＃|水}", "＃水"],
    ["an escaped sign in a hashtag", "{hashtag|\\#|a\\_b}", "#a_b"],
    ["mentions", "Hello @[Acme \\(Corp\\)](urn:li:organization:1234)", "Hello Acme (Corp)"],
    ["a sentence without signs", "comment on Oct 20", "comment on Oct 20"],
  ])("%s", (_what, little, plain) => expect(plainText(little)).toBe(plain));
});

describe("length", () => {
  it("is that of the text as written, without our backslashes", () => expect(measure("(a_b) #tag")).toBe(10));
  it("is never less than LinkedIn may count: an emoji is what it is made of", () =>
    expect(measure("👩‍👩‍👧")).toBe(8));
});

describe("a link goes into the text where no field takes it", () => {
  const link = "https://example.org/petition";
  const picture = { kind: "image" } as never;
  test.each([
    ["not into an article's", { role: "post", media: [] }, "Sign"],
    ["beside files", { role: "post", media: [picture] }, `Sign\n${link}`],
    ["in a comment", { role: "comment", media: [] }, `Sign\n${link}`],
  ] as const)("%s", (_where, part, expected) =>
    expect(textOf({ text: "Sign", link, ...part })).toBe(expected),
  );
});
