import { expect, it } from "@jest/globals";
import fc from "fast-check";
import twitter from "twitter-text";
import { expectLinear } from "../../../test/support/growth.ts";
import { piecesOf } from "./pieces.ts";

const addressesIn = (text: string) => twitter.extractUrls(text);

it("pieces have the addresses that the text has, and are the text when they are put together", () => {
  const run = fc
    .tuple(fc.constantFrom("水", "は、", "น้ำ", "물", "。"), fc.integer({ min: 1, max: 900 }))
    .map(([sign, times]) => sign.repeat(times));
  const words = fc.constantFrom(
    " ",
    "https://example.org/petition?a=1",
    " example.org ",
    "https://水.example.org/",
    "https://例え.jp/水",
    "\n",
    "Water.",
    "@well",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(run, words), { maxLength: 4 }), (parts) => {
      const text = parts.join("");
      const pieces = piecesOf(text);
      expect(pieces.join("")).toBe(text);
      expect(pieces.flatMap(addressesIn)).toEqual(addressesIn(text));
    }),
    { numRuns: 60 },
  );
});

it("a long run of letters without spaces costs no more than its length", async () => {
  const work = (size: number) =>
    piecesOf(`https://example.org/a ${"水".repeat(size)}`).map((piece) => addressesIn(piece));
  await expectLinear(work, 100_000);
});
