import { describe, expect, it } from "@jest/globals";
import type { Media, Variant } from "../../domain/post.ts";
import { contentOf } from "./blocks.ts";

const variant: Variant = { role: "post", text: "", link: null, media: [], options: {} };
const picture: Media = {
  id: "med_1",
  kind: "image",
  mimeType: "image/png",
  bytes: 1000,
  width: 640,
  height: 480,
  durationMs: null,
  altText: "",
};
const video: Media = { ...picture, kind: "video", mimeType: "video/mp4", durationMs: 5000 };

const text = (words: string) => ({ type: "text", text: words });
const rowsOf = (given: Partial<Variant>) =>
  contentOf({ ...variant, ...given }).layout?.[0]?.display.map(({ blocks }) => blocks);

describe("a post in blocks", () => {
  it("has title, files, text and link, in this order", () => {
    const given = {
      text: "One\nstill one\n\nTwo",
      link: "https://example.org/",
      media: [{ ...picture, altText: "A well" }, video],
    };
    expect(contentOf({ ...variant, ...given, options: { title: "Water" } })).toEqual({
      content: [
        { type: "text", subtype: "heading1", text: "Water" },
        {
          type: "image",
          media: [{ type: "image/png", identifier: "file0", width: 640, height: 480 }],
          alt_text: "A well",
        },
        {
          type: "video",
          provider: "tumblr",
          media: { type: "video/mp4", identifier: "file1", width: 640, height: 480 },
        },
        text("One\nstill one"),
        text("Two"),
        { type: "link", url: "https://example.org/" },
      ],
    });
  });

  it.each<[string, string, string[]]>([
    ["keeps further empty lines", "a\n\n\nb", ["a", "\nb"]],
    ["keeps empty paragraphs", "a\n\n\n\nb", ["a", "", "b"]],
    ["leaves out what Tumblr cuts off at both ends", "\n\n\n\na\n\n", ["a"]],
    ["is empty where there is nothing", "\n\n", []],
  ])("%s", (_what, given, texts) =>
    expect(contentOf({ ...variant, text: given })).toEqual({ content: texts.map(text) }),
  );

  it("links the addresses in a text, a hundred in all", () => {
    const { content } = contentOf({
      ...variant,
      text: "https://example.org/a https://example.org/b\n\n".repeat(60),
    });
    const links = content.map((block) => (block.type === "text" ? (block.formatting?.length ?? 0) : 0));
    expect(links.slice(0, 2)).toEqual([2, 2]);
    expect(links.reduce((sum, count) => sum + count)).toBe(100);
  });
});

describe("a gallery", () => {
  it.each([
    [2, [2]],
    [3, [3]],
    [4, [2, 2]],
    [5, [3, 2]],
    [7, [3, 2, 2]],
    [10, [3, 2, 3, 2]],
    [30, Array.from({ length: 10 }, () => 3)],
  ])("of %i has even rows, in order", (count, lengths) => {
    const rows = rowsOf({ media: Array.from({ length: count }, () => picture) });
    expect(rows?.map((row) => row.length)).toEqual(lengths);
    expect(rows?.flat()).toEqual(Array.from({ length: count }, (_, index) => index));
  });

  it("names every block, and nothing but pictures stands side by side", () =>
    expect(
      rowsOf({ media: [picture, picture, video, picture], text: "a\n\nb", options: { title: "T" } }),
    ).toEqual([[0], [1, 2], [3], [4], [5], [6]]));

  it("is not made of one picture", () => expect(rowsOf({ media: [picture], text: "a" })).toBeUndefined());
});
