import { describe, expect, it, test } from "@jest/globals";
import type { Media, Variant } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { measure, submissionOf, subredditOf } from "./content.ts";
import { reddit } from "./index.ts";
import { captionOf } from "./rules.ts";

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

function variant(part: Partial<Variant> = {}, options: Variant["options"] = {}): Variant {
  return {
    role: "post",
    text: "Clean water",
    link: null,
    media: [],
    ...part,
    options: { subreddit: "water", title: "A title", ...options },
  };
}

const codes = (of: Variant) => validate(reddit, of).map(({ code, severity }) => `${severity} ${code}`);

describe("a subreddit is found by its name", () => {
  test.each([
    ["water", "water"],
    ["r/water", "water"],
    ["/r/Water/", "Water"],
    [" water ", "water"],
    ["https://www.reddit.com/r/water/", "water"],
    ["u/somebody", "u_somebody"],
    ["/user/some-body", "u_some-body"],
  ])("%s", (written, name) => {
    expect(subredditOf(written)).toBe(name);
    expect(codes(variant({}, { subreddit: written }))).toEqual([]);
  });

  test.each([
    "",
    "r/",
    "two words",
    "a",
    "water+soil",
    "../api",
    "all the water in the world",
    "r/water/comments/1",
  ])("but not %j", (written) => {
    expect(codes(variant({}, { subreddit: written }))).toEqual(["error option_invalid"]);
  });
});

describe("options", () => {
  it("subreddit and title are asked for", () => {
    expect(codes({ ...variant(), options: {} })).toEqual(["error option_missing", "error option_missing"]);
  });

  test.each([
    ["an empty title", " \n "],
    ["a long title", "a".repeat(301)],
  ])("%s is refused", (_name, title) => {
    expect(codes(variant({}, { title }))).toEqual(["error option_invalid"]);
  });

  it("a title is one line", () => {
    expect(submissionOf(variant({}, { title: " Water\n for  all " })).title).toBe("Water for all");
  });
});

describe("what kind of post it is", () => {
  const link = "https://example.org/p";
  const video: Media = { ...picture, kind: "video", mimeType: "video/mp4", durationMs: 5000 };
  test.each<[string, Partial<Variant>, object]>([
    ["a text", {}, { kind: "self", body: "Clean water", url: null }],
    ["a link, with the text as its body", { link }, { kind: "link", body: "Clean water", url: link }],
    ["a link alone", { link, text: "" }, { kind: "link", body: "", url: link }],
    ["a picture", { media: [picture] }, { kind: "image", body: "Clean water", url: null }],
    ["a video", { media: [video], text: "" }, { kind: "video", body: "", url: null }],
    [
      "pictures, with the link below the text",
      { media: [picture, picture], link },
      { kind: "gallery", body: `Clean water  \n${link}`, url: null },
    ],
  ])("%s", (_name, part, expected) => {
    expect(submissionOf(variant(part))).toMatchObject(expected);
    expect(codes(variant(part)).filter((code) => code.startsWith("error"))).toEqual([]);
  });

  it("a comment is text only", () => {
    expect(codes(variant({ role: "comment", media: [picture] }))).toEqual(["error media_in_comment"]);
  });

  it("nothing but a title is no post yet", () => {
    expect(codes(variant({ text: "" }))).toEqual(["error text_missing"]);
  });
});

describe("the author is told what becomes of", () => {
  it("a link beside files", () => {
    expect(codes(variant({ media: [picture], link: "https://example.org" }))).toEqual([
      "warning link_in_text",
    ]);
  });

  it("a link that makes the text too long", () => {
    const long = variant({ media: [picture], link: "https://example.org", text: "a".repeat(39_990) });
    expect(codes(long)).toEqual(["error text_too_long"]);
  });

  it("alt texts: none for one picture, captions for several", () => {
    const described = { ...picture, altText: "A girl at a well" };
    expect(codes(variant({ media: [described] }))).toEqual(["warning alt_text_left_out"]);
    expect(codes(variant({ media: [described, picture] }))).toEqual([
      "warning alt_text_left_out",
      "warning alt_text_as_caption",
    ]);
    expect(captionOf(`${"水".repeat(200)}`)).toBe(`${"水".repeat(179)}…`);
  });
});

describe("length is that of what is sent", () => {
  test.each([
    ["plain words", "Clean water", 11],
    ["signs that need a backslash", "a*b_c", 7],
    ["a line break, which takes two spaces", "a\nb", 5],
    ["an address", "https://example.org/a_b", 23],
    ["letters beyond the first plane", "🐟🐟", 2],
  ])("%s", (_name, text, length) => {
    expect(measure(text)).toBe(length);
  });
});
