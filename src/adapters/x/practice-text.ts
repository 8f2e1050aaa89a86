import { createHash } from "node:crypto";
import twitterText from "twitter-text";
import type { PracticePost } from "../../practice/kit.ts";

/** A post's text as X's API gives it: URLs shortened, one more for media, and three signs escaped. */
export function shownText({ id, text, media }: Pick<PracticePost, "id" | "text" | "media">): string {
  let shown = "";
  let at = 0;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(text)) {
    shown += escaped(text.slice(at, indices[0])) + shortUrl(url);
    at = indices[1];
  }
  shown += escaped(text.slice(at));
  return media.length === 0 ? shown : `${shown} ${shortUrl(`media of ${id}`)}`.trimStart();
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The same URL gets the same short one. */
function shortUrl(url: string): string {
  const digest = createHash("sha256").update(url).digest("base64").replace(/\W/g, "");
  return `https://t.co/${digest.slice(0, 10)}`;
}
