import twitter from "twitter-text";
import type { Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";

/** Keycaps, and runs of pictures with all that joins and colours them. */
const emojis =
  /[\d#*]\uFE0F?\u20E3|[\p{Extended_Pictographic}\p{Emoji_Presentation}](?:[\p{Extended_Pictographic}\p{Emoji_Presentation}]|\uFE0F|\u200D|[\u{E0020}-\u{E007F}])*/gu;

/**
 * Length as Threads counts it: an emoji is as many as its bytes in UTF-8, everything else one for each code point.
 * No page says how letters of several code points count; this is never too few.
 * https://developers.facebook.com/docs/threads/reference/publishing (checked 2026-11)
 */
export function measure(text: string): number {
  let length = 0;
  const rest = text.replace(emojis, (emoji) => {
    length += Buffer.byteLength(emoji);
    return "";
  });
  return length + [...rest].length;
}

/** A text alone takes its link along as an attachment; with files there is room for it only below the text. */
export function messageOf(variant: Pick<Variant, "text" | "link" | "media">): string {
  return variant.media.length === 0 ? variant.text : textWithLink(variant);
}

/** Every address once, the attached one among them, as Threads counts links. */
export function linksOf(text: string, attached: string | null): ReadonlySet<string> {
  return new Set([...twitter.extractUrls(text), ...(attached === null ? [] : [attached])]);
}
