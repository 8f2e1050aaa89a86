import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Media, Variant } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { tumblr } from "./index.ts";
import { measure, paragraphs } from "./text.ts";

describe("length as Tumblr counts it", () => {
  it.each([
    ["", 0],
    ["hello", 5],
    ["👩‍👩‍👧", 5],
    ["e\u0301", 2],
    ["ماء", 3],
    ["one\ntwo", 7],
    ["a\n\nlonger\n\nb", 6],
    ["a\r\n\r\nlonger", 6],
    ["\n\n", 0],
  ])("%j", (text, length) => expect(measure(text)).toBe(length));
});

describe("paragraphs", () => {
  it("joined by empty lines are the text again, whatever that was", () => {
    const piece = fc.constantFrom("a", "\n", "\n\n", "👩‍👩‍👧", "\r", " ", "\ud83d", "<b>");
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        expect(paragraphs(text).join("\n\n")).toBe(text.replaceAll("\r\n", "\n"));
      }),
    );
  });
});

const variant: Variant = { role: "post", text: "hello", link: null, media: [], options: {} };
const long = "a".repeat(4096);

describe("what Tumblr refuses is said before it is sent:", () => {
  it.each<[string, Partial<Variant>, string[]]>([
    ["many paragraphs that are as long as they may be", { text: `${long}\n\n${long}\n\n${long}` }, []],
    ["emoji that count one each", { text: "🐟".repeat(4096) }, []],
    [
      "one paragraph among others that is too long",
      { text: `short\n\n${long}b` },
      ["text_too_long", "paragraph_too_long"],
    ],
    ["a thousand paragraphs", { text: `${"a\n\n".repeat(999)}a` }, []],
    ["one more", { text: `${"a\n\n".repeat(1000)}a` }, ["too_many_paragraphs"]],
    [
      "a thousand with a title",
      { text: `${"a\n\n".repeat(999)}a`, options: { title: "T" } },
      ["too_many_paragraphs"],
    ],
    ["a megabyte", { text: `${"水".repeat(4000)}\n\n`.repeat(90) }, ["text_too_long"]],
    ["nothing at all", { text: "" }, ["text_missing"]],
    ["nothing but empty lines", { text: "\n\n\n\n" }, ["text_missing"]],
    ["a picture alone", { text: "", media: [file()] }, []],
    ["thirty pictures and a video", { media: [...Array.from({ length: 30 }, () => file()), video()] }, []],
    ["31 pictures", { media: Array.from({ length: 31 }, () => file()) }, ["too_many_media"]],
    ["two videos", { media: [video(), video()] }, ["too_many_media"]],
    ["a video of eleven minutes", { media: [{ ...video(), durationMs: 660_000 }] }, ["media_duration"]],
    [
      "an animation of 11 MB",
      { media: [{ ...file(), durationMs: 900, bytes: 11_000_000 }] },
      ["media_too_large"],
    ],
    ["files that a slow line carries in time", { media: [{ ...video(), bytes: 100_000_000 }] }, []],
    ["files that a slow line does not", { media: [{ ...video(), bytes: 150_000_000 }] }, ["media_slow"]],
    ["tags", { options: { tags: ["water", "#clean water", "ماء"] } }, []],
    ["a tag with a comma", { options: { tags: ["water, air"] } }, ["option_invalid"]],
    ["a tag without letters", { options: { tags: ["water", " # "] } }, ["option_invalid"]],
    ["tags as one text", { options: { tags: "water" } }, ["option_invalid"]],
    ["a long title", { options: { title: `${long}a` } }, ["option_invalid"]],
  ])("%s", (_name, changes, codes) =>
    expect(validate(tumblr, { ...variant, ...changes }).map(({ code }) => code)).toEqual(codes),
  );

  it("a paragraph that is too long is named by how it begins", () =>
    expect(validate(tumblr, { ...variant, text: `One\n\nIn the beginning ${long}` })[1]?.message).toContain(
      "“In the beginning aaaaaaaaaaaaa”",
    ));

  it("what is only slow is no reason to refuse", () =>
    expect(validate(tumblr, { ...variant, media: [{ ...video(), bytes: 150_000_000 }] })[0]?.severity).toBe(
      "warning",
    ));
});

function file(): Media {
  const size = { bytes: 1000, width: 640, height: 480, durationMs: null };
  return { id: "med_1", kind: "image", mimeType: "image/png", ...size, altText: "" };
}

function video(): Media {
  return { ...file(), kind: "video", mimeType: "video/mp4", durationMs: 5000 };
}
