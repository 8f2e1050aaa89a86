import { describe, expect, it, test } from "@jest/globals";
import type { Media, Variant } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { facebook } from "./index.ts";

const video: Media = {
  id: "med_1",
  kind: "video",
  mimeType: "video/mp4",
  bytes: 1000,
  width: 1920,
  height: 1080,
  durationMs: 10_000,
  altText: "",
};
const photo: Media = { ...video, id: "med_2", kind: "image", mimeType: "image/jpeg", durationMs: null };
const link = "https://example.org/water"; // 25 characters, and one for the line

function codes(part: Partial<Variant>): string[] {
  const variant: Variant = { role: "post", text: "", link: null, media: [], options: {}, ...part };
  return validate(facebook, variant).map(({ code }) => code);
}

describe("text is counted as it is sent", () => {
  test.each<[string, Partial<Variant>, string[]]>([
    ["a link in its own field is not counted", { text: "a".repeat(63_206), link }, []],
    ["a link below a photo is", { text: "a".repeat(63_206 - 26), link, media: [photo] }, []],
    ["to the character", { text: "a".repeat(63_206 - 25), link, media: [photo] }, ["text_too_long"]],
    ["too long is said once", { text: "a".repeat(63_207), link, media: [photo] }, ["text_too_long"]],
    ["comments are shorter", { role: "comment", text: "a".repeat(8000) }, []],
    ["by a lot", { role: "comment", text: "a".repeat(8001) }, ["text_too_long"]],
    [
      "and carry their link in the text",
      { role: "comment", text: "a".repeat(7980), link },
      ["text_too_long"],
    ],
    ["an emoji counts as its two units", { text: "🐟".repeat(31_604) }, ["text_too_long"]],
  ])("%s", (_name, part, expected) => {
    expect(codes(part)).toEqual(expected);
  });
});

describe("files", () => {
  test.each<[string, Partial<Variant>, string[]]>([
    ["ten photos", { media: Array<Media>(10).fill(photo) }, []],
    ["eleven photos", { media: Array<Media>(11).fill(photo) }, ["too_many_media"]],
    ["a video", { media: [video] }, []],
    ["two videos", { media: [video, video] }, ["too_many_media"]],
    ["a video with a photo", { media: [video, photo] }, ["media_mixed"]],
    [
      "a GIF, which would not move",
      { media: [{ ...photo, mimeType: "image/gif", durationMs: 900 }] },
      ["media_type"],
    ],
    ["a photo of more than 10 MB, made smaller", { media: [{ ...photo, bytes: 10_000_001 }] }, []],
    ["a video of more than 20 minutes", { media: [{ ...video, durationMs: 1_200_001 }] }, ["media_duration"]],
    ["a file in a comment", { role: "comment", text: "Look", media: [photo] }, ["media_in_comment"]],
    ["nothing at all", {}, ["text_missing"]],
  ])("%s", (_name, part, expected) => {
    expect(codes(part)).toEqual(expected);
  });

  it("warns of an upright video, and lets it go", () => {
    const variant: Variant = {
      role: "post",
      text: "",
      link: null,
      media: [{ ...video, width: 1080, height: 1920 }],
      options: {},
    };
    expect(validate(facebook, variant)).toMatchObject([
      { code: "upright_video", severity: "warning", field: "media/0" },
    ]);
  });
});
