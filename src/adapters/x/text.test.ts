import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it, test } from "@jest/globals";
import type { Media, Variant } from "../../domain/post.ts";
import { lengthOf, validate } from "../contract/validate.ts";
import { x } from "./index.ts";
import { measure } from "./text.ts";

const conformance = new URL("../../../../shared/specs/x/twitter-text/validate.yml", import.meta.url);

describe("a text is as long as X counts it", () => {
  test.each([
    ["", 0],
    ["Hello, world", 12],
    ["café in one piece and in two: cafe\u0301", 34],
    ["日本", 4],
    ["Azərbaycan", 10],
    ["вода", 4],
    ["水は人権です", 12],
    ["👨‍👩‍👧‍👦", 2],
    ["👋🏽", 2],
    ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2],
    ["1⃣", 2],
    ["Hi http://test.co", 26],
    ["https://example.org/a/very/long/path?with=a&query=that&goes=on&and=on", 23],
    ["example.org", 23],
    ["two: https://example.org and https://example.com.", 57],
    ["not a link: https://", 20],
    ["“quotes” – and — dashes…", 25],
  ])("%j is %i", (text, length) => expect(measure(text)).toBe(length));

  const cases = existsSync(conformance) ? weightedCases(readFileSync(conformance, "utf8")) : [];
  const suite = cases.length > 0 ? describe : describe.skip;
  suite(`twitter-text's own cases${cases.length > 0 ? "" : " left out: ../shared/specs is not here"}`, () => {
    it("are all there", () => expect(cases.length).toBeGreaterThan(20));
    test.each(cases)("$description", ({ text, length }) => expect(measure(text)).toBe(length));
  });
});

describe("what X refuses is said before it is sent", () => {
  it("counts the link that stands below the text", () =>
    expect(lengthOf(x, post({ text: "Water", link: "https://example.org/water" }))).toBe(5 + 1 + 23));
  it("does not count a link twice that the text has already", () =>
    expect(
      lengthOf(x, post({ text: "See https://example.org/water", link: "https://example.org/water" })),
    ).toBe(27));

  test.each<[string, Partial<Variant>, string[]]>([
    ["280 letters", { text: "a".repeat(280) }, []],
    ["281 letters", { text: "a".repeat(281) }, ["text_too_long"]],
    ["140 Chinese letters", { text: "水".repeat(140) }, []],
    ["141 Chinese letters", { text: "水".repeat(141) }, ["text_too_long"]],
    ["one cashtag", { text: "We own $TSLA and owe $100" }, []],
    ["two cashtags", { text: "Sell $TSLA, buy $AAPL" }, ["too_many_cashtags"]],
    ["a sign that is none", { text: "Hello\uFFFE" }, ["text_invalid"]],
    ["neither text nor file", { text: "" }, ["text_missing"]],
    ["a picture without a text", { text: "", media: [picture()] }, []],
    ["four pictures", { media: Array(4).fill(picture()) }, []],
    ["five pictures", { media: Array(5).fill(picture()) }, ["too_many_media"]],
    ["a GIF by itself", { media: [picture("image/gif")] }, []],
    ["a GIF with a picture", { media: [picture("image/gif"), picture()] }, ["media_mixed"]],
    ["a video with a picture", { media: [video(), picture()] }, ["media_mixed"]],
    ["two videos", { media: [video(), video()] }, ["too_many_media"]],
    ["a video of half an hour", { media: [video(30 * 60_000)] }, ["media_duration"]],
    ["people who may answer", { options: { replySettings: "mentionedUsers" } }, []],
    ["people X does not know", { options: { replySettings: "nobody" } }, ["option_invalid"]],
  ])("%s", (_name, part, codes) => expect(validate(x, post(part)).map(({ code }) => code)).toEqual(codes));
});

function post(part: Partial<Variant>): Variant {
  return { role: "post", text: "Hello", link: null, media: [], options: {}, ...part };
}

function picture(mimeType = "image/jpeg"): Media {
  const size = { bytes: 1000, width: 640, height: 480, durationMs: null };
  return { id: "med_1", kind: "image", mimeType, ...size, altText: "" };
}

function video(durationMs = 10_000): Media {
  return { ...picture("video/mp4"), kind: "video", durationMs };
}

/** The file is YAML of one regular shape: double-quoted strings, and the length two lines below. */
function weightedCases(yaml: string) {
  const part = yaml.slice(yaml.indexOf("  WeightedTweetsWithDiscountedEmojiCounterTest:"));
  const shape = /- description: (".*")\n +text: (".*")\n +expected:\n +weightedLength: (\d+)/g;
  return [...part.matchAll(shape)].map(([, description = "", text = "", length]) => ({
    description: unquoted(description),
    text: unquoted(text),
    length: Number(length),
  }));
}

function unquoted(yaml: string): string {
  const json = yaml.replace(/\\U([0-9A-Fa-f]{8})/g, (_all, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  return JSON.parse(json) as string;
}
