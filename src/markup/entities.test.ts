import { describe, expect, it } from "@jest/globals";
import { attributeOf, decodeEntities } from "./entities.ts";
import { namedEntities } from "./entity-names.ts";

describe("entities", () => {
  it.each([
    ["caf&eacute; &Eacute;T&Eacute; &AMP; &laquo;oui&raquo;", "café ÉTÉ & «oui»"],
    ["&#8220;&#x1F41F;&#150;&rdquo;", "“🐟–”"],
    ["&Sigma;&sigmaf;&sigma;&omega;&yuml;&OElig;&euro;&diams;", "ΣςσωÿŒ€♦"],
    ["&unknown; &#x110000; &; &amp &#;", "&unknown; &#x110000; &; &amp &#;"],
  ])("%s", (html, text) => expect(decodeEntities(html)).toBe(text));

  it("are all those of HTML 4, and XML's one more", () => {
    expect([...namedEntities.keys()].filter((name) => name !== "-")).toHaveLength(253);
  });
});

it.each([
  ['class="a" src="https://e.org/?a=1&amp;b=2" alt=\'it "is"\'', "src", "https://e.org/?a=1&b=2"],
  ['class="a" src="https://e.org/" alt=\'it "is"\'', "alt", 'it "is"'],
  ['data-src="no"', "src", undefined],
  ["rel=alternate HREF = /feed.xml", "href", "/feed.xml"],
  ['title=" src=no " src="yes"', "src", "yes"],
  ["hidden", "hidden", undefined],
])("the attributes %s: %s", (attributes, name, value) => {
  expect(attributeOf(attributes, name)).toBe(value);
});
