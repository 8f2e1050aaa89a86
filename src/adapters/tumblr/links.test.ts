import { describe, expect, it } from "@jest/globals";
import { inlineLinks, isSameAddress, realAddress } from "./links.ts";

describe("an address in a text", () => {
  it.each<[string, [start: number, end: number, url: string][]]>([
    ["none: example.org, ftp://example.org", []],
    ["https://example.org", [[0, 19, "https://example.org"]]],
    ["🐟 https://example.org/a?b=1&c=2.", [[2, 31, "https://example.org/a?b=1&c=2"]]],
    ["(see http://a.example/)", [[5, 22, "http://a.example/"]]],
    ["https://a.example/b_(c), he said", [[0, 23, "https://a.example/b_(c)"]]],
    ["“https://a.example/ä”!", [[1, 20, "https://a.example/ä"]]],
    [
      "http://a.example http://b.example",
      [
        [0, 16, "http://a.example"],
        [17, 33, "http://b.example"],
      ],
    ],
    ["https://", []],
    ["https://:80/", []],
  ])("is linked where it stands: %s", (text, links) =>
    expect(inlineLinks(text)).toEqual(links.map(([start, end, url]) => ({ start, end, type: "link", url }))),
  );
});

describe("an address Tumblr shows", () => {
  it.each([
    [
      "https://t.umblr.com/redirect?z=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&t=abc",
      "https://example.org/a?b=1",
    ],
    ["https://example.org/?z=1", "https://example.org/?z=1"],
    ["https://t.umblr.com/redirect", "https://t.umblr.com/redirect"],
    ["no address", "no address"],
  ])("leads where it says: %s", (url, real) => expect(realAddress(url)).toBe(real));

  it.each([
    ["https://Example.org", "https://example.org/", true],
    ["https://example.org/a/", "https://example.org/a", true],
    ["https://t.umblr.com/redirect?z=https%3A%2F%2Fexample.org", "https://example.org", true],
    ["https://example.org/a", "https://example.org/b", false],
    ["", "", true],
    ["", "https://example.org", false],
  ])("%s and %s: the same is %s", (one, other, same) => expect(isSameAddress(one, other)).toBe(same));
});
