import { attributeOf } from "./entities.ts";

export interface MediaInHtml {
  /** As it is written there: it may be relative. */
  readonly url: string;
  readonly kind: "image" | "video";
  readonly altText: string;
}

/** Of a text made to keep us busy, no more. */
const maxTags = 200;

/** The pictures and videos of HTML, among its first 200. Smileys are pictures too, but not the author's; nor are dots that count readers. */
export function mediaIn(html: string): MediaInHtml[] {
  const media: MediaInHtml[] = [];
  let tags = 0;
  for (const [, tag = "", attributes = ""] of html.matchAll(/<(img|video|source)\b([^<>]*)>/gi)) {
    if (++tags > maxTags) break;
    const url = attributeOf(attributes, "src");
    const isSmiley = /\b(wp-smiley|emoji)\b/.test(attributeOf(attributes, "class") ?? "");
    const isDot = ["width", "height"].some((side) => /^[01]$/.test(attributeOf(attributes, side) ?? ""));
    const isSound = /^audio\b/i.test(attributeOf(attributes, "type") ?? "");
    if (url === undefined || isSmiley || isDot || isSound) continue;
    const kind = tag.toLowerCase() === "img" ? "image" : "video";
    media.push({ url, kind, altText: attributeOf(attributes, "alt") ?? "" });
  }
  return media;
}
