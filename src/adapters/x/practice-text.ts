import { createHash } from "node:crypto";
import twitterText from "twitter-text";
import type { PracticePost } from "../../practice/kit.ts";

type Post = Pick<PracticePost, "id" | "text" | "media">;

/** A post's text as X's API gives it: URLs shortened, one more for media, and three signs escaped. */
export function shownText({ id, text, media }: Post): string {
  let shown = "";
  let at = 0;
  for (const { url, indices } of twitterText.extractUrlsWithIndices(text)) {
    shown += escaped(text.slice(at, indices[0])) + shortUrl(url);
    at = indices[1];
  }
  shown += escaped(text.slice(at));
  return media.length === 0 ? shown : `${shown} ${mediaUrl(id)}`.trimStart();
}

/** What the shortened ones stand for, and where they are in the text that is shown. */
export function urlEntities(post: Post, mediaKey: string) {
  const links = twitterText
    .extractUrls(post.text)
    .map((url) => ({ url: shortUrl(url), expanded_url: /^https?:/.test(url) ? url : `http://${url}` }));
  const files = post.media.map(() => ({
    url: mediaUrl(post.id),
    expanded_url: `https://x.com/i/status/${post.id}/photo/1`,
    media_key: mediaKey,
  }));
  const shown = shownText(post);
  return [...links, ...files].map((entity) => {
    const start = shown.indexOf(entity.url);
    return { start, end: start + entity.url.length, ...entity };
  });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function mediaUrl(id: string): string {
  return shortUrl(`media of ${id}`);
}

/** The same URL gets the same short one. */
function shortUrl(url: string): string {
  const digest = createHash("sha256").update(url).digest("base64").replace(/\W/g, "");
  return `https://t.co/${digest.slice(0, 10)}`;
}
