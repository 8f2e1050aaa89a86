import { namedEntities } from "./entity-names.ts";
import { windowsSigns } from "./windows-signs.ts";

/** The text that HTML's entities stand for; those it does not know stay as they are. */
export function decodeEntities(html: string): string {
  return html.replace(/&(#x?[\da-f]+|\w+);/gi, (entity, name: string) => decoded(name) ?? entity);
}

/** An attribute's value, decoded, with or without quotes around it; undefined where the tag has none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  for (const [, found = "", quoted, value = quoted?.slice(1, -1)] of attributes.matchAll(anyAttribute))
    if (found.toLowerCase() === name) return value === undefined ? undefined : decodeEntities(value);
  return undefined;
}

const anyAttribute = /([^\s=/"']+)(?:\s*=\s*(?:("[^"]*"|'[^']*')|([^\s"']+)))?/g;

function decoded(name: string): string | undefined {
  if (!name.startsWith("#")) return namedEntities.get(name) ?? namedEntities.get(name.toLowerCase());
  const hex = /^#x/i.test(name);
  const codePoint = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  return codePoint <= 0x10ffff ? windowsSigns(String.fromCodePoint(codePoint)) : undefined;
}
