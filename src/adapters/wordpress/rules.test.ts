import { expect, it } from "@jest/globals";
import type { Variant } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { wordpress } from "./index.ts";

const variant: Variant = { role: "post", text: "hello", link: null, media: [], options: { title: "A" } };

it.each<[string, Partial<Variant>, string[]]>([
  ["a post with a title", {}, []],
  ["no title", { options: {} }, ["option_missing"]],
  ["a title without words", { options: { title: " \n" } }, ["option_invalid"]],
  ["a title too long for the database", { options: { title: "a".repeat(13_001) } }, ["option_invalid"]],
  [
    "everything there is",
    { options: { title: "A", categories: ["News", "3"], tags: ["a"], slug: "a-b", format: "blocks" } },
    [],
  ],
  ["a format there is not", { options: { title: "A", format: "html" } }, ["option_invalid"]],
  ["a tag without a name", { options: { title: "A", tags: ["a", " "] } }, ["option_invalid"]],
  ["a category without a name", { options: { title: "A", categories: [""] } }, ["option_invalid"]],
  ["a tag that just fits", { options: { title: "A", tags: ["a".repeat(200)] } }, []],
  ["a tag too long", { options: { title: "A", tags: ["a".repeat(201)] } }, ["option_invalid"]],
  ["tags that are no list", { options: { title: "A", tags: "a, b" } }, ["option_invalid"]],
  ["a comment that just fits", { role: "comment", text: "&".repeat(13_000) }, []],
  ["a comment too long", { role: "comment", text: "&".repeat(13_001) }, ["text_too_long"]],
  ["emoji, counted as characters", { text: "🐟".repeat(100_000) }, []],
])("%s: %j", (_name, changes, codes) => {
  expect(validate(wordpress, { ...variant, ...changes }).map(({ code }) => code)).toEqual(codes);
});

it("the longest comment fits WordPress's column, whatever it is made of", () => {
  const longest = "&".repeat(13_000).replace(/&/g, "&amp;");
  expect(Buffer.byteLength(longest)).toBeLessThanOrEqual(65_525);
});
