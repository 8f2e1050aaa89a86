import { UnicodeString } from "@atproto/api";
import { describe, expect, it } from "@jest/globals";
import { variant } from "../../../test/support/graph-on-practice.ts";
import { nastyStrings } from "../../../test/support/nasty-strings.ts";
import { validate } from "../contract/validate.ts";
import { bluesky } from "./index.ts";
import { measure } from "./text.ts";

const family = "👩‍👩‍👧";

describe("the length of a text", () => {
  it.each([
    ["", 0],
    ["water", 5],
    ["naïve", 5],
    [family, 1],
    ["ماء", 3],
    ["🇦🇿🇩🇪", 2],
    ["a\r\nb", 3],
  ])("%p is %d", (text, length) => expect(measure(text)).toBe(length));

  it("is what Bluesky's own library counts, for any text", () => {
    for (const text of [...nastyStrings, family.repeat(400), "é́́".repeat(2000)])
      expect(measure(text)).toBe(new UnicodeString(text).graphemeLength);
  });
});

describe("rules beyond the number of characters", () => {
  const issues = (part: object) => validate(bluesky, variant(part)).map(({ code, field }) => [code, field]);

  it("a text may be short and yet too large", () => {
    expect(issues({ text: family.repeat(166) })).toEqual([]);
    expect(issues({ text: family.repeat(167) })).toEqual([["text_too_long", "text"]]);
    const link = (length: number) => "https://example.org/".padEnd(length, "a");
    expect(issues({ text: family.repeat(160), link: link(119) })).toEqual([]);
    expect(issues({ text: family.repeat(160), link: link(120) })).toEqual([["text_too_long", "text"]]);
    expect(issues({ text: family.repeat(301) })).toEqual([["text_too_long", "text"]]); // said once
  });

  it("languages are at most three, by their codes", () => {
    const wrong = [["option_invalid", "options/languages"]];
    expect(issues({ options: { languages: ["en", "az", "pt-BR"] } })).toEqual([]);
    expect(issues({ options: { languages: [] } })).toEqual([]);
    expect(issues({ options: { languages: ["en", "az", "de", "fr"] } })).toEqual(wrong);
    expect(issues({ options: { languages: ["english language"] } })).toEqual(wrong);
    expect(issues({ options: { languages: "en" } })).toEqual(wrong);
  });
});
