import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { changeText, type Passage } from "./change-text.ts";
import { hashtagsIn, reduceHashtags } from "./hashtags.ts";
import type { TextChange } from "./link.ts";

const people = [
  {
    name: "Water For All",
    handles: { x: "water4all", mastodon: "water@example.social", bluesky: "water.example.org" },
  },
  { name: "Ana", handles: { x: "ana_r" } },
];
const passage = (from: Passage["from"]["platform"], to: Passage["to"]["platform"]): Passage => ({
  from: { platform: from, handle: "well" },
  to: { platform: to },
  people,
});
const change = (text: string, how: TextChange, link: string | null = null, way = passage("x", "mastodon")) =>
  changeText({ text, link }, how, way);

describe("a mention", () => {
  it.each([
    ["of somebody known there becomes theirs", "Thanks @Water4All!", "Thanks @water@example.social!"],
    ["of somebody without an account there becomes a name", "with @ana_r.", "with Ana."],
    [
      "of a stranger becomes a plain name: the handle is somebody else's there",
      "cc @stranger",
      "cc stranger",
    ],
    ["is told from an e-mail address and a path", "me@x.org https://x.org/@me", "me@x.org https://x.org/@me"],
  ])("%s", (_, text, expected) => {
    expect(change(text, {}).text).toBe(expected);
  });
  it("with its server is taken as a whole", () => {
    const back = passage("mastodon", "x");
    expect(change("@water@example.social and @x@y.org", {}, null, back).text).toBe("@water4all and x");
  });
  it("stays on the same platform", () => {
    expect(change("@stranger", {}, null, passage("x", "x")).text).toBe("@stranger");
  });
});

describe("hashtags", () => {
  it.each([
    ["Join us #water #now", "drop", "Join us"],
    ["Join us #water #now", "first", "Join us #water"],
    ["Clean #water is a right #wash #now", "first", "Clean #water is a right"],
    ["Clean #water is a right #wash", "drop", "Clean water is a right"],
    ["One\n\n#a #b", "drop", "One"],
    ["#a\nTwo", "drop", "Two"],
    ["#su_hüququ və #آب", "drop", "su_hüququ və"],
    ["Room #101 and a&#39;b https://x.org/#top", "drop", "Room #101 and a&#39;b https://x.org/#top"],
  ] as const)("%j, %s: %j", (text, keep, expected) => {
    expect(reduceHashtags(text, keep)).toBe(expected);
  });
  it("are none after they were dropped, and one at most when the first is kept, in any text", () => {
    const words = fc.constantFrom("#water", "water", "#su", ".", "\n", " ", "#", "#1", "@me", "#a#b");
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
        const text = parts.join(" ");
        expect(hashtagsIn(reduceHashtags(text, "drop"))).toEqual([]);
        expect(hashtagsIn(reduceHashtags(text, "first"))).toEqual(hashtagsIn(text).slice(0, 1));
      }),
    );
  });
});

describe("a link's text", () => {
  const link = "https://example.org/water?lang=az";
  it("is filled in, and an empty place leaves no hole", () => {
    const text = "New from {source}:\n\n{text}\n\n{link}\n\nJoin us.";
    expect(change("Clean water", { text }, link)).toEqual({
      text: `New from well:\n\nClean water\n\n${link}\n\nJoin us.`,
      link: null,
      options: {},
      tail: `\n\n${link}\n\nJoin us.`,
    });
    expect(change("Clean water", { text }).text).toBe("New from well:\n\nClean water\n\nJoin us.");
  });
  it("fills in nothing that came with the post", () => {
    expect(change("{link} {source} $& $1", { text: "{text}" }, link)).toMatchObject({
      text: "{link} {source} $& $1",
      link,
    });
  });
  it("gets its hashtag below", () => {
    expect(change("Clean water", { append: "#WaterForAll" }).text).toBe("Clean water\n\n#WaterForAll");
  });
  it("knows what stands below the words of the post, also along several links", () => {
    const first = changeText({ text: "Water", link }, { text: "{text}\n\n{link}" }, passage("x", "mastodon"));
    const second = changeText(first, { append: "#WaterForAll" }, passage("mastodon", "bluesky"));
    expect(second).toMatchObject({ tail: `\n\n${link}\n\n#WaterForAll` });
    expect(second.text).toBe(`Water${second.tail}`);
    expect(change("Water #WaterForAll", { append: "#WaterForAll" }).tail).toBe("");
    expect(change("", { append: "#WaterForAll" })).toMatchObject({ text: "#WaterForAll", tail: "" });
    expect(change("Water", { text: "{link}" }, link)).toMatchObject({ text: link, tail: "" });
  });
  it("marks links to one's own sites, and no others", () => {
    const utm = { hosts: ["example.org"], source: "mastodon", campaign: "water" };
    const text =
      "See https://www.example.org/a, (https://notexample.org/b) and https://example.org/?utm_source=me.";
    expect(change(text, { utm }, link)).toMatchObject({
      text: "See https://www.example.org/a?utm_source=mastodon&utm_campaign=water, (https://notexample.org/b) and https://example.org/?utm_source=me&utm_campaign=water.",
      link: `${link}&utm_source=mastodon&utm_campaign=water`,
    });
  });
  it("names a title where a platform needs one: the first sentence, cut between words", () => {
    const options = { title: "{title}", board: "Water", nsfw: false };
    expect(change("Clean water! It is a right.\nJoin us.", { options }).options).toEqual({
      title: "Clean water!",
      board: "Water",
      nsfw: false,
    });
    const { title } = change(`${"water ".repeat(40)}`, { options }).options;
    expect(title).toBe(`${"water ".repeat(15).trim()}…`);
  });
});
