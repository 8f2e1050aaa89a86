import type { Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";

/** Every sign that little text reserves. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format (checked 2026-11) */
const reserved = /[|{}@[\]()<>#\\*_~]/g;

/** Where a reader would take it for a hashtag: not `C#`, not `#1`, and not the end of an address. */
const hashtag = /(?<=^|[\s\p{Ps}\p{Pi}"'])#(?=[\p{N}\p{M}]*\p{L})[\p{L}\p{N}\p{M}]+/gu;

/** What little text says by signs: an escaped one, a hashtag, a mention. */
export const elements =
  /\\([|{}@[\]()<>#\\*_~])|\{hashtag\|\\?([#＃])\|((?:[^|}\\]|\\.)+)\}|@\[((?:[^\]\\]|\\.)*)\]\(urn:li:\w+:[\w-]+\)/gu;

/**
 * LinkedIn counts what is written, not the backslashes we add; whether by code unit or by letter it does not say,
 * and code units are never too few.
 */
export function measure(text: string): number {
  return text.length;
}

/** The text as it is sent. An article has a field for the link; whatever else a post carries leaves it to the text. */
export function textOf(variant: Pick<Variant, "role" | "text" | "link" | "media">): string {
  const isArticle = variant.role === "post" && variant.media.length === 0;
  return isArticle ? variant.text : textWithLink(variant);
}

/** Plain text as little text: LinkedIn cuts a post at the first reserved sign that is neither escaped nor a hashtag. */
export function littleText(text: string): string {
  let little = "";
  let done = 0;
  for (const { 0: tag, index } of text.matchAll(hashtag)) {
    little += escaped(text.slice(done, index)) + tag;
    done = index + tag.length;
  }
  return little + escaped(text.slice(done));
}

/** What a reader sees of a little text. Hashtags come back as templates, whatever they were sent as. */
export function plainText(little: string): string {
  return little.replace(elements, (_whole, sign, hash, tag, name) => {
    if (sign !== undefined) return sign;
    return hash === undefined ? unescaped(name) : hash + unescaped(tag);
  });
}

function escaped(text: string): string {
  return text.replace(reserved, "\\$&");
}

function unescaped(little: string): string {
  return little.replace(/\\(.)/gu, "$1");
}
