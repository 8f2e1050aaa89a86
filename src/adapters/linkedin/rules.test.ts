import { describe, expect, it, test } from "@jest/globals";
import { variant } from "../../../test/support/linkedin-on-practice.ts";
import type { Media } from "../../domain/post.ts";
import { validate } from "../contract/validate.ts";
import { linkedin } from "./index.ts";

const picture: Media = {
  id: "med_1",
  kind: "image",
  mimeType: "image/png",
  bytes: 1000,
  width: 800,
  height: 600,
  durationMs: null,
  altText: "",
};
const film: Media = { ...picture, kind: "video", mimeType: "video/mp4", durationMs: 5000 };
const link = "https://example.org";
const codes = (part: Parameters<typeof variant>[0]) =>
  validate(linkedin, variant(part)).map(({ code, field }) => `${code} ${field}`);

describe("the link counts where it travels in the text", () => {
  const text = "a".repeat(2990);
  it("not where it has a field", () => expect(codes({ text, link })).toEqual([]));
  it("beside a picture", () =>
    expect(codes({ text, link, media: [picture] })).toEqual(["text_too_long text"]));
  it("once, if the text is too long anyhow", () =>
    expect(codes({ text: "a".repeat(3001), link, media: [picture] })).toEqual(["text_too_long text"]));
  it("in a comment, which is shorter", () => {
    expect(codes({ role: "comment", text: "a".repeat(1240), link })).toEqual(["text_too_long text"]);
    expect(codes({ role: "comment", text: "a".repeat(1230), link })).toEqual([]);
  });
});

it("a comment has no files", () =>
  expect(codes({ role: "comment", media: [picture] })).toEqual(["media_in_comment media"]));

describe("a title that nobody would see is pointed out, and does not stop the post", () => {
  const options = { title: "Our petition" };
  test.each<[string, Parameters<typeof variant>[0], boolean]>([
    ["with a link", { link }, false],
    ["with a video", { media: [film] }, false],
    ["with words alone", {}, true],
    ["with a picture", { media: [picture], link }, true],
    ["with a comment", { role: "comment", link }, true],
  ])("%s", (_where, part, unused) => {
    const issues = validate(linkedin, variant({ ...part, options }));
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual(
      unused ? [["title_unused", "warning"]] : [],
    );
  });
});

it("takes one video, or pictures, never both", () => {
  expect(codes({ media: [film, film] })).toEqual(["too_many_media media"]);
  expect(codes({ media: [film, picture] })).toEqual(["media_mixed media"]);
  expect(codes({ media: Array.from({ length: 20 }, () => picture) })).toEqual([]);
});
