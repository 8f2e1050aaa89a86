import { describe, expect, it, test } from "@jest/globals";
import { difficultText } from "../../../test/contract/checks-publish.ts";
import { expectLinear } from "../../../test/support/growth.ts";
import { nastyStrings } from "../../../test/support/nasty-strings.ts";
import { plainText, toMarkdown } from "./markdown.ts";

describe("a reader sees what was written", () => {
  test.each([
    ["every class of sign", difficultText],
    ["emphasis", "*one* **two** _three_ ~~four~~ ^five `six` >!seven!< 2*3*4 snake_case"],
    ["entities", "AT&amp;T &lt;b&gt; &nbsp; &#61; & &;"],
    ["links and pictures", "[words](https://example.org) ![img](abc) [1]: https://example.org"],
    ["tables", "a|b\n-|-\n1|2"],
    ["headings", "# One\n## Two\nThree\n===\nFour\n---\n#Hashtag"],
    ["lists", "- a\n+ b\n* c\n1. d\n2) e\n-5 degrees\n+49 30 1234\n3.5 metres"],
    ["quotes", "> said\n>! hidden"],
    ["code", "```\nlet it = be;\n```\n~~~"],
    ["backslashes", "C:\\path\\ and \\* and \\\\\nline\\"],
    ["an address", "See (https://example.org/a_b_c/*x*?q=[1]&r=2#part_two), or http://example.net."],
    ["an indent", "one\n    four spaces\n\ttab".replace("\t", " ")],
    ["many empty lines", "one\n\n\n\ntwo\n\nthree\nfour"],
    ["letters of many kinds", "Su hüququ 水は人権です الماء حق 👨‍👩‍👧‍👦"],
  ])("%s", (_name, text) => {
    expect(plainText(toMarkdown(text))).toBe(text);
  });

  it("whatever it is, but for space at its edges and the ends of lines", () => {
    const tidy = (text: string) =>
      text
        .replace(/\r\n?/g, "\n")
        .split("\n")
        .map((line) => line.trimEnd().replace(/^\s+/, ({ length }) => " ".repeat(length)))
        .join("\n")
        .replace(/^\n+|\s+$/g, "");
    for (const text of nastyStrings.map(String))
      expect(plainText(toMarkdown(text)).trim()).toBe(tidy(text).trim());
  });
});

describe("Markdown of Reddit's own", () => {
  test.each([
    ["single line break", "one\ntwo", "one  \ntwo"],
    ["empty lines", "one\n\n\ntwo", "one\n\n&nbsp;\n\ntwo"],
    ["a sign", "5 * 3", "5 \\* 3"],
    ["an address, as it is", "https://example.org/a_b", "https://example.org/a_b"],
    ["the start of a line", "#Water\n1. first", "\\#Water  \n1\\. first"],
    ["a line of =, which no backslash helps", "a\n==", "a  \n&#61;="],
    ["Windows' line ends", "a\r\nb", "a  \nb"],
  ])("is sent for %s", (_name, text, markdown) => {
    expect(toMarkdown(text)).toBe(markdown);
  });

  test.each([
    ["one line break", "one\ntwo", "one two"],
    [
      "a link",
      "[a *petition*](https://example.org/p) and [https://a.example](https://a.example)",
      "a petition (https://example.org/p) and https://a.example",
    ],
    [
      "formats",
      "# Title\n\n**bold** _it_ ~~no~~\n\n> quote\n\n* item",
      "Title\n\nbold it no\n\nquote\n\n• item",
    ],
    ["a break by backslash", "one\\\ntwo", "one\ntwo"],
    ["entities", "a &amp; b &#x200B;c &bogus;", "a & b \u200bc &bogus;"],
  ])("is read as a reader sees %s", (_name, markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });
});

test.each(["[a](", "*_".repeat(50), "&#", "\\", "[[", "> ", "\n ", "https://", "\n\n&nbsp;", "  ", "\n"])(
  "long texts of %j cost little time",
  (part) =>
    expectLinear((letters) => {
      const text = `a${part.repeat(Math.ceil(letters / part.length))}b`;
      plainText(toMarkdown(text));
      plainText(text);
    }, 150_000),
);
