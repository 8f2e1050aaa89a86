import { describe, expect, it, test } from "@jest/globals";
import type { Media, Variant } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { instagram } from "./index.ts";

const photo: Media = {
  id: "med_1",
  kind: "image",
  mimeType: "image/jpeg",
  bytes: 1000,
  width: 1080,
  height: 1080,
  durationMs: null,
  altText: "",
};
const reel: Media = {
  ...photo,
  kind: "video",
  mimeType: "video/mp4",
  width: 1080,
  height: 1920,
  durationMs: 10_000,
};
const shaped = (width: number, height: number): Partial<Variant> => ({
  media: [{ ...photo, width, height }],
});
const lasting = (durationMs: number): Partial<Variant> => ({ media: [{ ...reel, durationMs }] });

function issues(part: Partial<Variant>) {
  return validate(instagram, { role: "post", text: "", link: null, media: [photo], options: {}, ...part });
}

describe("what Instagram takes", () => {
  test.each<[string, Partial<Variant>, string[]]>([
    ["a picture without a word", {}, []],
    ["no words without a picture", { text: "Hello", media: [] }, ["media_required"]],
    ["2,200 characters, however many bytes", { text: "🐟".repeat(2200) }, []],
    ["not one more", { text: "🐟".repeat(2201) }, ["text_too_long"]],
    ["30 hashtags", { text: "#ab ".repeat(30) }, []],
    ["not 31, in any script", { text: `${"#su ".repeat(30)}#ماء` }, ["too_many_hashtags"]],
    ["20 mentions", { text: "@a.b_c ".repeat(20) }, []],
    ["not 21", { text: "@a.b_c ".repeat(21) }, ["too_many_mentions"]],
    ["addresses that only look like tags", { text: "a@b.org https://a.org/#x ".repeat(31) }, []],
    ["ten files of both kinds", { media: [reel, ...Array<Media>(9).fill(photo)] }, []],
    ["not eleven", { media: Array<Media>(11).fill(photo) }, ["too_many_media"]],
    ["a PNG, made a JPEG", { media: [{ ...photo, mimeType: "image/png" }] }, []],
    ["no animation", { media: [{ ...photo, mimeType: "image/gif", durationMs: 900 }] }, ["media_type"]],
    ["8 MiB", { media: [{ ...photo, bytes: 8_388_608 }] }, []],
    ["a byte more, made smaller", { media: [{ ...photo, bytes: 8_388_609 }] }, []],
    ["4:5", shaped(1080, 1350), []],
    ["what is taller, with bars and a word about it", shaped(1080, 1600), ["media_fitted"]],
    ["1.91:1", shaped(1910, 1000), []],
    [
      "what is wider, with bars or cut, as is wished",
      { ...shaped(2500, 1000), options: { fit: "crop" } },
      ["media_fitted"],
    ],
    ["320 pixels of width", shaped(320, 320), []],
    ["not 319", shaped(319, 319), ["media_too_small"]],
    ["a reel of 3 seconds", lasting(3000), []],
    ["nothing shorter", lasting(2999), ["media_duration"]],
    ["a reel of 15 minutes", lasting(900_000), []],
    ["nothing longer", lasting(900_001), ["media_duration"]],
    ["1,000 characters of alt text", { media: [{ ...photo, altText: "a".repeat(1000) }] }, []],
    ["not one more of those", { media: [{ ...photo, altText: "a".repeat(1001) }] }, ["alt_text_too_long"]],
    ["comments of 2,196", { role: "comment", media: [], text: "a".repeat(2196) }, []],
    ["no longer comments", { role: "comment", media: [], text: "a".repeat(2197) }, ["text_too_long"]],
    ["no picture in a comment", { role: "comment", text: "Look" }, ["media_in_comment"]],
  ])("%s", (_name, part, expected) => {
    expect(issues(part).map(({ code }) => code)).toEqual(expected);
  });

  it("counts the link, and warns that nobody can tap it", () => {
    const link = "https://example.org/water";
    expect(issues({ link })).toMatchObject([
      { code: "link_not_clickable", severity: "warning", field: "link" },
    ]);
    expect(issues({ link, text: "a".repeat(2200) }).map(({ code }) => code)).toContain("text_too_long");
  });
});
