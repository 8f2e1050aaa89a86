import { describe, expect, it } from "@jest/globals";
import type { Media, Options, Variant } from "../../domain/post.ts";
import { lengthOf, validate } from "../contract/validate.ts";
import { youtube } from "./index.ts";
import { measure, tagCharacters } from "./rules.ts";

const file = (part: Partial<Media>): Media => ({
  id: "med_1",
  kind: "video",
  mimeType: "video/mp4",
  bytes: 1000,
  width: 1920,
  height: 1080,
  durationMs: 60_000,
  altText: "",
  ...part,
});
const film = file({});
const picture = file({ kind: "image", mimeType: "image/jpeg", durationMs: null });
const post = (part: Partial<Variant> = {}, options: Options = {}): Variant => ({
  role: "post",
  text: "Clean water is a right.",
  link: null,
  media: [film],
  ...part,
  options: { title: "Clean water", ...options },
});
const codes = (variant: Variant) => validate(youtube, variant).map(({ code, field }) => `${code} ${field}`);

describe("a description is counted in bytes", () => {
  it.each([
    ["", 0],
    ["water", 5],
    ["Naïve", 6],
    ["ماء", 6],
    ["水", 3],
    ["🐟", 4],
  ])("%s: %i", (text, bytes) => expect(measure(text)).toBe(bytes));

  it("of at most 5,000, the link below it among them", () => {
    const link = "https://example.org/water";
    const fits = post({ text: "ə".repeat((5000 - 1 - link.length - 1) / 2), link });
    expect(lengthOf(youtube, fits)).toBeLessThanOrEqual(5000);
    expect(codes(fits)).toEqual([]);
    expect(codes({ ...fits, text: `${fits.text}əə` })).toEqual(["text_too_long text"]);
  });
});

describe("tags are counted together", () => {
  it.each<[string[], number]>([
    [[], 0],
    [["water"], 5],
    [["Foo-Baz"], 7],
    [["Foo Baz"], 9],
    [["water", "rights"], 12],
    [["clean water", "Foo Baz", "x"], 13 + 1 + 9 + 1 + 1],
  ])("%j: %i", (tags, length) => expect(tagCharacters(tags)).toBe(length));

  it("to 500", () => {
    expect(codes(post({}, { tags: ["a".repeat(249), "b".repeat(250)] }))).toEqual([]);
    expect(codes(post({}, { tags: ["a".repeat(250), "b".repeat(250)] }))).toEqual([
      "tags_too_long options/tags",
    ]);
  });

  it.each([["<b>"], [" "]])("and none is '%s'", (tag) => {
    expect(codes(post({}, { tags: ["water", tag] }))).toEqual(["tags_invalid options/tags"]);
  });
});

describe("a video needs", () => {
  it.each<[string, Variant, string[]]>([
    ["a title", { ...post(), options: {} }, ["option_missing options/title"]],
    ["a title with a letter in it", post({}, { title: " " }), ["title_missing options/title"]],
    ["a title of at most 100", post({}, { title: "a".repeat(101) }), ["option_invalid options/title"]],
    ["a title without brackets", post({}, { title: "a > b" }), ["title_invalid options/title"]],
    ["a text without brackets", post({ text: "a < b" }), ["text_invalid text"]],
    ["no text at all", post({ text: "" }), []],
    ["a known audience", post({}, { privacy: "friends" }), ["option_invalid options/privacy"]],
    ["a video", post({ media: [] }), ["media_required media"]],
    ["a video beside its cover", post({ media: [picture] }), ["media_required media"]],
    ["a cover or none", post({ media: [picture, film] }), []],
    ["one video", post({ media: [film, film] }), ["too_many_media media"]],
    [
      "one cover",
      post({ media: [film, picture, picture] }),
      ["too_many_media media", "too_many_media media"],
    ],
    [
      "a cover that can be made a JPEG or PNG",
      post({ media: [film, { ...picture, mimeType: "image/webp", durationMs: 900 }] }),
      ["media_type media/1"],
    ],
    ["no alt text, and takes none amiss", post({ media: [{ ...film, altText: "A well" }] }), []],
    ["12 hours at most", post({ media: [file({ durationMs: 13 * 3_600_000 })] }), ["media_duration media/0"]],
  ])("%s", (_what, variant, expected) => {
    const errors = validate(youtube, variant).filter(({ severity }) => severity === "error");
    expect(errors.map(({ code, field }) => `${code} ${field}`)).toEqual(expected);
  });

  it("says what it needs in its own words", () => {
    expect(validate(youtube, post({ media: [] }))[0]?.message).toBe("YouTube needs a video");
    const alone = validate(youtube, post({ media: [picture] }))[0]?.message;
    expect(alone).toBe("YouTube takes a picture only beside a video");
  });

  it("a verified channel above 15 minutes: that is a warning", () => {
    const issues = validate(youtube, post({ media: [file({ durationMs: 16 * 60_000 })] }));
    expect(issues).toMatchObject([{ code: "media_duration", severity: "warning", field: "media/0" }]);
  });
});

describe("a first comment", () => {
  const comment = (options: Options = {}, part: Partial<Variant> = {}) =>
    post({ role: "comment", text: "More at example.org", media: [], ...part }, options);
  it.each<[string, Variant, string[]]>([
    ["is a text of its own, brackets and all", comment({}, { text: "1 < 2" }), []],
    ["has a text", comment({}, { text: "" }), ["text_missing text"]],
    ["has 10,000 bytes at most", comment({}, { text: "a".repeat(10_001) }), ["text_too_long text"]],
    ["has no files", comment({}, { media: [film] }), ["media_in_comment media"]],
    ["is not made below what is for kids", comment({ madeForKids: true }), ["comments_off text"]],
    ["is not made below what is private", comment({ privacy: "private" }), ["comments_off text"]],
    ["is made below what is unlisted", comment({ privacy: "unlisted" }), []],
  ])("%s", (_what, variant, expected) => expect(codes(variant)).toEqual(expected));
});
