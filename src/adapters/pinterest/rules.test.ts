import { describe, expect, it, test } from "@jest/globals";
import { file, variant } from "../../../test/support/pinterest-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { pinterest } from "./index.ts";
import { linkOf, maxPicturesBytes } from "./rules.ts";
import { altTextOf, measure } from "./text.ts";

const codes = (part: Partial<Variant>) =>
  validate(pinterest, variant(part)).map(({ code, field, severity }) => `${severity} ${code} ${field}`);
const link = "https://example.org/petition";

describe("the text", () => {
  it("is counted in code points", () => {
    expect([measure(""), measure("water"), measure("👩‍👩‍👧"), measure("é")]).toEqual([0, 5, 5, 1]);
  });
});

describe("the link", () => {
  it("is the post's own, else the option's, else none", () => {
    const option = { board: "Clarion", link: "https://example.org/option" };
    expect(linkOf(variant({ link, options: option }))).toBe(link);
    expect(linkOf(variant({ options: option }))).toBe("https://example.org/option");
    expect(linkOf(variant({ options: { board: "Clarion", link: "" } }))).toBeNull();
    expect(linkOf(variant())).toBeNull();
  });

  it("is not dropped without a word where there are two", () => {
    const options = { board: "Clarion", link: "https://example.org/option" };
    expect(codes({ link, options })).toEqual(["warning link_ignored options/link"]);
    expect(codes({ link, options: { ...options, link } })).toEqual([]);
  });

  test.each(["ftp://example.org", "example.org", "https://", "javascript:alert(1)"])(
    "is an address of the web: not %s",
    (option) => {
      expect(codes({ options: { board: "Clarion", link: option } })).toEqual([
        "error link_invalid options/link",
      ]);
    },
  );

  it("has at most 2048 characters", () => {
    const long = `${link}?${"a".repeat(2048 - link.length - 1)}`;
    expect(codes({ link: long })).toEqual([]);
    expect(codes({ link: `${long}a` })).toEqual(["error link_too_long link"]);
  });
});

describe("several pictures", () => {
  it("have one shape, give or take a pixel", () => {
    const one = file({ width: 1000, height: 1500 });
    expect(codes({ media: [one, file({ width: 667, height: 1000 })] })).toEqual([]);
    expect(codes({ media: [one, one, file({ width: 1000, height: 1000 })] })).toEqual([
      "error media_aspect media/2",
    ]);
  });

  it("are bounded together, as they travel in one request", () => {
    const half = file({ bytes: maxPicturesBytes / 2 });
    expect(codes({ media: [half, half] })).toEqual([]);
    expect(codes({ media: [half, { ...half, bytes: half.bytes + 1 }] })).toEqual([
      "error media_too_large media",
    ]);
  });

  it("are no company for a video", () => {
    const video = file({ kind: "video", mimeType: "video/mp4", durationMs: 5000 });
    expect(codes({ media: [file(), video] })).toEqual(["error media_mixed media"]);
  });
});

describe("the one alt text of a Pin", () => {
  const described = (...texts: string[]) => texts.map((altText) => file({ altText }));

  it("is the file's own where there is one file", () => {
    expect(altTextOf(described("A well"))).toBe("A well");
    expect(codes({ media: described("A well") })).toEqual([]);
  });

  it("tells which picture is meant where there are several", () => {
    expect(altTextOf(described("A well", "", "A girl"))).toBe("1. A well\n3. A girl");
    expect(altTextOf(described("", ""))).toBe("");
  });

  it("is put together with a word to the author, and never cut", () => {
    const [first, second] = ["a".repeat(247), "b".repeat(246)]; // with numbers and the line 500
    expect(codes({ media: described(first, second) })).toEqual(["warning alt_text_joined media"]);
    expect(codes({ media: described(first, `${second}b`) })).toEqual(["error alt_text_too_long media"]);
    expect(altTextOf(described(first, `${second}b`))).toContain(`${second}b`);
  });
});
