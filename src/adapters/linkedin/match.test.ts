import { describe, expect, it, test } from "@jest/globals";
import { variant } from "../../../test/support/linkedin-on-practice.ts";
import type { Media } from "../../domain/post.ts";
import type { Post } from "./api.ts";
import { filesOf, isSamePost, isSameText } from "./match.ts";

const post = (part: Partial<Post>): Post => ({
  id: "urn:li:share:1",
  author: "urn:li:organization:1",
  createdAt: 0,
  commentary: "Clean water is a right.",
  ...part,
});
const picture = { id: "med_1", kind: "image" } as Media;
const link = "https://example.org/petition?a=1";

describe("a text is recognised", () => {
  test.each([
    ["as it was", "Water\nfor all", "Water\nfor all"],
    ["with other white space", " Water  for\n\nall ", "Water for all"],
    ["with an address shortened", `Read ${link} now`, "Read https://lnkd.in/eA-b_9 now"],
    ["with brackets around it", `(${link})`, "(https://lnkd.in/eAb9)"],
    [
      "with two in one word",
      "https://a.example/1,https://b.example/2",
      "https://lnkd.in/a,https://lnkd.in/b",
    ],
    ["with an address LinkedIn finds by itself", "See example.org/petition", "See https://lnkd.in/eAb9"],
    ["without invisible signs", "جل‌نا", "جلنا"],
    ["composed otherwise", "cafe\u0301", "café"],
  ])("%s", (_how, sent, shown) => expect(isSameText(sent, shown)).toBe(true));

  test.each([
    ["other words", "Water", "Fire"],
    ["one more word", "Water", "Water now"],
    ["a short address for no address", "Water now", "Water https://lnkd.in/eAb9"],
    ["signs that are no pattern", "aXb https://a.b", "a.b https://lnkd.in/x"],
    ["nothing", "Water", ""],
  ])("but not %s", (_what, sent, shown) => expect(isSameText(sent, shown)).toBe(false));
});

describe("a post is ours", () => {
  const image = { content: { media: { id: "urn:li:image:A" } } };

  it("by a file of ours, whatever became of its words", () =>
    expect(
      isSamePost(variant({ media: [picture] }), ["urn:li:image:A"], post({ ...image, commentary: "Cut" })),
    ).toBe(true));

  test.each<[string, boolean, Parameters<typeof variant>[0], Partial<Post>]>([
    ["by its words", true, {}, {}],
    [
      "by words that came back marked up",
      true,
      { text: "(#Water)" },
      { commentary: "\\({hashtag|\\#|Water}\\)" },
    ],
    ["by words and the number of files", true, { media: [picture] }, image],
    ["not without its files", false, { media: [picture] }, {}],
    ["not with files it does not have", false, {}, image],
    ["by words and link", true, { link }, { content: { article: { source: link, title: "t" } } }],
    [
      "by a link that was shortened",
      true,
      { link },
      { content: { article: { source: "https://lnkd.in/a", title: "t" } } },
    ],
    [
      "not with another link",
      false,
      { link },
      { content: { article: { source: "https://example.org/", title: "t" } } },
    ],
    ["not without its link", false, { link }, {}],
    ["not without words to compare", false, {}, { commentary: "" }],
  ])("%s", (_how, expected, part, found) =>
    expect(isSamePost(variant(part), [], post(found))).toBe(expected),
  );
});

it("only pictures and videos count as files", () => {
  const images = [{ id: "urn:li:image:A" }, { id: "urn:li:image:B" }];
  expect(filesOf({ content: { multiImage: { images } } })).toEqual(["urn:li:image:A", "urn:li:image:B"]);
  expect(filesOf({ content: { media: { id: "urn:li:document:A" } } })).toEqual([]);
  expect(filesOf({})).toEqual([]);
});
