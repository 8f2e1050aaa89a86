import { expect, it } from "@jest/globals";
import { expectLinear } from "../../../test/support/growth.ts";
import { validate } from "../../adapters/contract/validate.ts";
import { adapters } from "../../adapters/registry.ts";
import { platforms } from "../../domain/platform.ts";
import { adapt, unseenFile } from "./adapt.ts";

const original = { url: "https://social.example/@well/1", title: null, language: null };
const link = "https://example.org/petition";
const tail = "\n\n#WaterForAll";
const long = "Clean water is a right. ".repeat(40).trim();
const adapted = (platform: "x" | "mastodon", words: object) =>
  adapt(adapters[platform], { text: long, link: null, media: [], options: {}, ...words }, original);

it("a text that is too long keeps what its link put below it, and leads to the original", () => {
  const { text, link: to, notes } = adapted("x", { text: `${long}${tail}`, tail });
  expect(text).toMatch(/^Clean water is a right\. .* …\n\n#WaterForAll$/);
  expect(to).toBe(original.url);
  expect(notes).toMatchObject([{ code: "text_shortened" }]);
});

it("a link of its own stays, above or below, and one to the original is not said twice", () => {
  expect(adapted("x", { link }).link).toBe(link);
  const below = `\n\n${link}`;
  const pointing = adapted("x", { text: `${long}${below}`, tail: below });
  expect(pointing.text.endsWith(` …${below}`)).toBe(true);
  expect(pointing.link).toBe(original.url);
  const own = `\n\n${original.url}`;
  expect(adapted("x", { text: `${long}${own}`, tail: own })).toMatchObject({ link: null });
  expect(adapted("x", { text: `${original.url} ${long} ${original.url}` }).link).toBe(original.url);
});

it("a tail that leaves no room for words is shortened like them", () => {
  const endless = `\n\n${"#water ".repeat(60).trim()}`;
  const { text } = adapted("x", { text: `Clean water${endless}`, tail: endless });
  expect(text.startsWith("Clean water")).toBe(true);
  expect(text.endsWith("#water …")).toBe(true);
});

it("a text that fits is the same, with its tail", () => {
  expect(adapted("mastodon", { text: `Clean water${tail}`, tail })).toMatchObject({
    text: `Clean water${tail}`,
    link: null,
    notes: [],
  });
});

it.each(platforms)("a text of any length is made to fit %s in time that grows with it", async (platform) => {
  const shades = ["水".repeat(400), "Water for all. ".repeat(30), "น้ำ".repeat(200), "a".repeat(400)];
  const text = (size: number) =>
    `https://example.org/a ${shades
      .join("")
      .repeat(Math.ceil(size / 1850))
      .slice(0, size)}`;
  const work = (size: number) =>
    adapt(adapters[platform], { text: text(size), link: null, media: [], options: {} }, original);
  await expectLinear(work, 40_000);
});

const media = [unseenFile("med_1", { kind: "image", altText: "A well" })];

it.each(platforms)("what is made to fit %s is not too long beside a picture either", (platform) => {
  const adapter = adapters[platform];
  const words = { text: long.repeat(80), link, media, options: {} };
  const { notes: _, ...variant } = adapt(adapter, words, original);
  const issues = validate(adapter, { role: "post", ...variant });
  expect(issues.filter(({ code }) => code === "text_too_long")).toEqual([]);
});

it("an alt text that a platform has no place for is told, and is no reason for a link", () => {
  const { notes, link: none } = adapt(
    adapters.reddit,
    { text: "Water", link: null, media, options: {} },
    original,
  );
  expect([notes.map(({ code }) => code), none]).toEqual([["alt_text_left_out"], null]);
});

it("a tail without room is told, and the original is linked all the same", () => {
  const endless = `\n\n${original.url} ${"#water ".repeat(60).trim()}`;
  const { text, link: to, notes } = adapted("x", { text: `Clean water${endless}`, tail: endless });
  expect(text.includes(original.url) || to === original.url).toBe(true);
  expect(notes[0]?.message).toContain("found no room");
});

it("a text without spaces is shortened between its words", () => {
  const { text, link: to } = adapted("x", { text: "きれいな水は私たちの権利です".repeat(20) });
  expect(text).toMatch(/^きれいな水は.{60,} …$/);
  expect(to).toBe(original.url);
});
