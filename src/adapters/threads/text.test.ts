import { describe, expect, it, test } from "@jest/globals";
import { expectLinear } from "../../../test/support/growth.ts";
import { linksOf, measure, messageOf } from "./text.ts";

describe("length is counted as Threads counts it", () => {
  test.each([
    ["letters, one each", "Clean water", 11],
    ["letters of every script", "ماء 水 вода", 10],
    ["a letter in two parts, never too few", "e\u0301", 2],
    ["a line break, one", "a\nb", 3],
    ["digits and signs, which could begin an emoji", "#1 * 2", 6],
    ["an emoji as its bytes", "🐟", 4],
    ["one of the plane of signs", "☀️", 6],
    ["a sign without colour too", "☀", 3],
    ["a skin tone with its hand", "👍🏽", 8],
    ["a family with all its joints", "👩‍👩‍👧", 18],
    ["a flag of two letters", "🇦🇿", 8],
    ["a flag of a region", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", 28],
    ["a keycap", "1️⃣", 7],
    ["emojis side by side, and words between", "🐟🐟 a 🐟", 15],
    ["nothing", "", 0],
  ])("%s", (_what, text, length) => expect(measure(text)).toBe(length));

  it.each([
    ["🐟 #1 e\u0301 ", 11],
    ["🐟", 4],
  ])("takes no longer than a text of %j is long", (piece, length) =>
    expectLinear((times) => expect(measure(piece.repeat(times))).toBe(times * length), 200_000),
  );
});

describe("a link", () => {
  it("is attached to a text, and stands below one that has files", () => {
    const link = "https://example.org/water";
    expect(messageOf({ text: "Read", link, media: [] })).toBe("Read");
    const photo = { id: "1", kind: "image", mimeType: "image/jpeg", bytes: 1, altText: "" } as const;
    const media = [{ ...photo, width: 1, height: 1, durationMs: null }];
    expect(messageOf({ text: "Read", link, media })).toBe(`Read\n${link}`);
  });

  // https://developers.facebook.com/docs/threads/create-posts/text-attachments#limitations (checked 2026-11)
  test.each([
    ["www.facebook.com", "www.facebook.com", 1],
    ["www.instagram.com and www.threads.com", "www.facebook.com", 3],
    ["www.example.com, www.example.com and www.test.com", "www.test.com", 2],
    ["no link at all", null, 0],
  ])("%s with %s attached: counted once each", (text, attached, count) => {
    expect(linksOf(text, attached).size).toBe(count);
  });
});
