import { describe, expect, it } from "@jest/globals";
import { isSameAgain, textKey } from "./same-again.ts";

const look = "00ff00ff00ff00ff";
const slightlyChanged = "00ff00ff00ff01fe";
const other = "ff00a5a5ff00ff00";
const trace = (text: string, ...looks: (string | null)[]) => ({ textKey: textKey(text), looks });

describe("something that comes back", () => {
  it.each([
    ["with its addresses shortened", "See https://example.org/water now", "See https://t.co/x1 now"],
    ["with its hashtags and mentions as plain words", "Clean #Water, @Ana!", "clean water Ana"],
    ["in other spacing and quotation marks", "“Su”\n\nhüququ", '"su" hüququ'],
  ])("%s has the same words", (_, one, another) => {
    expect(textKey(one)).toBe(textKey(another));
  });

  it.each([
    ["the same words", trace("Water"), trace("water!"), true],
    ["other words", trace("Water"), trace("Waters"), false],
    ["the same picture, written anew", trace("", look), trace("", slightlyChanged), true],
    [
      "a daily caption below another picture",
      trace("Today's level", look),
      trace("Today's level", other),
      false,
    ],
    ["one picture more", trace("Water", look), trace("Water", look, other), false],
    [
      "a film, of which nothing is known, below the same words",
      trace("Water", null),
      trace("Water", look),
      true,
    ],
    ["a film without words", trace("", null), trace("", null), false],
    ["nothing at all", trace(""), trace("🌊"), false],
  ])("is told by %s", (_, one, another, expected) => {
    expect(isSameAgain(one, another)).toBe(expected);
    expect(isSameAgain(another, one)).toBe(expected);
  });
});
