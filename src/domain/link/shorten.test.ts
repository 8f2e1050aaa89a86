import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { shorten } from "./shorten.ts";

const within = (max: number) => (text: string) => text.length <= max;

it.each([
  ["stays as it is where it fits", "Clean water.", 12, "Clean water."],
  [
    "ends with a whole sentence",
    "Clean water is a right. It is not a privilege of the few.",
    45,
    "Clean water is a right. …",
  ],
  [
    "ends with a whole word where the sentences are long",
    "Clean water is a right and no privilege",
    24,
    "Clean water is a right …",
  ],
  ["ends with a whole word where there are no spaces", "きれいな水は権利です", 9, "きれいな水は …"],
  [
    "ends with a whole sentence where there are no spaces",
    "水は権利です。特権ではありません",
    13,
    "水は権利です。 …",
  ],
  ["leaves nothing of a single word that is too long", "Donaudampfschifffahrt", 10, ""],
])("a shortened text %s", (_, text, max, expected) => {
  expect(shorten(text, within(max))).toBe(expected);
});

it("always fits, and says nothing that was not there", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 300 }),
      fc.integer({ min: 2, max: 100 }),
      (text, max) => {
        const short = shorten(text, within(max));
        expect(short.length).toBeLessThanOrEqual(max);
        expect(text.startsWith(short.replace(/ …$/, ""))).toBe(true);
      },
    ),
  );
});
