import { expect, it } from "@jest/globals";
import type { Variant } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { mastodon } from "./index.ts";

const variant: Variant = { role: "post", text: "hello", link: null, media: [], options: {} };
const picture: Variant["media"][number] = {
  id: "med_1",
  kind: "image",
  mimeType: "image/png",
  bytes: 1000,
  width: 1000,
  height: 1000,
  durationMs: null,
  altText: "",
};

it.each<[string, Partial<Variant>, string[]]>([
  ["a warning that just fits", { text: "a".repeat(490), options: { spoilerText: "b".repeat(10) } }, []],
  [
    "a warning too long",
    { text: "a".repeat(490), options: { spoilerText: "b".repeat(11) } },
    ["text_too_long"],
  ],
  ["a text too long by itself", { text: "a".repeat(501), options: { spoilerText: "b" } }, ["text_too_long"]],
  ["a link that counts 23", { text: "a".repeat(476), link: `https://example.org/${"p".repeat(90)}` }, []],
  ["a link one too many", { text: "a".repeat(477), link: "https://example.org/" }, ["text_too_long"]],
  ["a picture of 33 megapixels", { media: [{ ...picture, width: 8294, height: 4000 }] }, []],
  ["a larger one", { media: [{ ...picture, width: 8295, height: 4000 }] }, ["media_too_large"]],
  ["four pictures", { media: Array.from({ length: 4 }, () => picture) }, []],
  ["nothing at all", { text: "" }, ["text_missing"]],
  ["a picture alone", { text: "", media: [picture] }, []],
  ["an unheard-of visibility", { options: { visibility: "secret" } }, ["option_invalid"]],
])("%s: %j", (_name, changes, codes) => {
  expect(validate(mastodon, { ...variant, ...changes }).map(({ code }) => code)).toEqual(codes);
});
