import { expect, it } from "@jest/globals";
import { expectLinear } from "../../../test/support/growth.ts";
import { adapters } from "../../adapters/registry.ts";
import { platforms } from "../../domain/platform.ts";
import { adapt } from "./adapt.ts";

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
