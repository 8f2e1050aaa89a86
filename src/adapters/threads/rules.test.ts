import { describe, expect, it, test } from "@jest/globals";
import { expectLinear } from "../../../test/support/growth.ts";
import type { Media, Variant } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { threads } from "./index.ts";

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
const film: Media = { ...photo, kind: "video", mimeType: "video/mp4", durationMs: 10_000 };
const shaped = (width: number, height: number): Partial<Variant> => ({
  media: [{ ...photo, width, height }],
});
const link = "https://example.org/water"; // 25 characters, and one for the line
const links = (count: number) =>
  Array.from({ length: count }, (_, n) => `https://example.org/${n}`).join(" ");

function issues(part: Partial<Variant>) {
  return validate(threads, { role: "post", text: "", link: null, media: [], options: {}, ...part });
}

describe("what Threads takes", () => {
  test.each<[string, Partial<Variant>, string[]]>([
    ["500 characters", { text: "a".repeat(500) }, []],
    ["not one more", { text: "a".repeat(501) }, ["text_too_long"]],
    ["125 emojis", { text: "🐟".repeat(125) }, []],
    ["not one more of those", { text: "🐟".repeat(126) }, ["text_too_long"]],
    ["a link beside a full text", { text: "a".repeat(500), link }, []],
    ["a link below a picture, counted", { text: "a".repeat(474), link, media: [photo] }, []],
    ["to the character", { text: "a".repeat(475), link, media: [photo] }, ["text_too_long"]],
    ["too long is said once", { text: "a".repeat(501), link, media: [photo] }, ["text_too_long"]],
    ["replies of the same length", { role: "reply", text: "a".repeat(501) }, ["text_too_long"]],
    ["comments too", { role: "comment", text: "a".repeat(500) }, []],
    ["five different links", { text: links(5) }, []],
    ["not six", { text: links(6) }, ["too_many_links"]],
    ["nor five and another beside them", { text: links(5), link }, ["too_many_links"]],
    ["five of which one is attached", { text: links(5), link: "https://example.org/0" }, []],
    ["a picture without a word", { media: [photo] }, []],
    ["no empty post", {}, ["text_missing"]],
    ["twenty files of both kinds", { media: [film, ...Array<Media>(19).fill(photo)] }, []],
    ["not 21", { media: Array<Media>(21).fill(photo) }, ["too_many_media"]],
    ["a PNG", { media: [{ ...photo, mimeType: "image/png" }] }, []],
    ["no animation", { media: [{ ...photo, mimeType: "image/gif", durationMs: 900 }] }, ["media_type"]],
    ["8 MB", { media: [{ ...photo, bytes: 8_000_000 }] }, []],
    ["a byte more, made smaller", { media: [{ ...photo, bytes: 8_000_001 }] }, []],
    ["ten to one", shaped(1000, 100), []],
    ["what is longer, with bars and a word about it", shaped(1200, 100), ["media_fitted"]],
    ["one to ten", shaped(100, 1000), []],
    ["what is taller, with bars", shaped(100, 1400), ["media_fitted"]],
    ["five minutes", { media: [{ ...film, durationMs: 300_000 }] }, []],
    ["nothing that lasts longer", { media: [{ ...film, durationMs: 300_001 }] }, ["media_duration"]],
    ["1,000 characters of alt text", { media: [{ ...film, altText: "a".repeat(1000) }] }, []],
    ["not one more of them", { media: [{ ...film, altText: "a".repeat(1001) }] }, ["alt_text_too_long"]],
    ["a topic", { text: "a", options: { topic: "Clean water" } }, []],
    ["no empty one", { text: "a", options: { topic: "" } }, ["option_invalid"]],
    ["none with a full stop", { text: "a", options: { topic: "U.N" } }, ["option_invalid"]],
    ["none with an ampersand", { text: "a", options: { topic: "A&B" } }, ["option_invalid"]],
    ["none of 51", { text: "a", options: { topic: "a".repeat(51) } }, ["option_invalid", "option_invalid"]],
    ["who may answer", { text: "a", options: { replyControl: "followers_only" } }, []],
    ["not anyone else", { text: "a", options: { replyControl: "friends" } }, ["option_invalid"]],
  ])("%s", (_name, part, expected) => {
    expect(issues(part).map(({ code }) => code)).toEqual(expected);
  });

  test.each<[string, Partial<Variant>, number]>([
    ["one tag is the topic", { text: "Clean #water now" }, 0],
    ["the second of two stays a word", { text: "Clean #water #now" }, 1],
    ["so does one beside a topic", { text: "Clean #water", options: { topic: "Rights" } }, 1],
    ["a number is no tag", { text: "We are #1 #2" }, 0],
    ["nor is a part of an address", { text: "https://example.org/#a https://example.org/#b" }, 0],
  ])("%s: a warning, and no more", (_name, part, count) => {
    const warning = { code: "one_topic", severity: "warning", field: "text" };
    expect(issues(part)).toMatchObject(Array(count).fill(warning));
  });

  it("takes its time with no text, however long", () =>
    expectLinear((times) => issues({ text: "https://example.org/a ".repeat(times) }), 50_000));
});
