import { isUrl } from "../../domain/is-url.ts";

/** A stretch of text that leads somewhere; counted in Unicode code points, the end not included. */
export interface LinkRange {
  readonly start: number;
  readonly end: number;
  readonly type: "link";
  readonly url: string;
}

const address = /https?:\/\/[^\s<>"'“”„‘’«»]+/giu;

/** Tumblr links an address in a text only where it is told to. https://www.tumblr.com/docs/npf#inline-format-type-link (checked 2026-11) */
export function inlineLinks(text: string): LinkRange[] {
  return [...text.matchAll(address)].flatMap(({ 0: found, index }): LinkRange[] => {
    const url = withoutPunctuation(found);
    if (!isUrl(url)) return [];
    const start = [...text.slice(0, index)].length;
    return [{ start, end: start + [...url].length, type: "link", url }];
  });
}

/** What closes a sentence or a bracket around the address is not part of it. */
function withoutPunctuation(found: string): string {
  const bare = found.replace(/[.,;:!?\]}]+$/u, "");
  const isClosed = bare.endsWith(")") && !bare.includes("(");
  return isClosed ? withoutPunctuation(bare.slice(0, -1)) : bare;
}

/** Where an address leads: Tumblr hands out some that go through its own servers first. */
export function realAddress(url: string): string {
  if (!isUrl(url)) return url;
  const { hostname, searchParams } = new URL(url);
  return (hostname === "t.umblr.com" && searchParams.get("z")) || url;
}

/** The same place, whatever the two spellings. */
export function isSameAddress(one: string, other: string): boolean {
  return canonical(one) === canonical(other);
}

function canonical(url: string): string {
  const real = realAddress(url);
  return isUrl(real) ? new URL(real).href.replace(/\/$/, "") : real;
}
