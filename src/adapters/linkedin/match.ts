import { isUrl } from "../../domain/is-url.ts";
import type { Variant } from "../../domain/post.ts";
import type { Post } from "./api.ts";
import { plainText, textOf } from "./text.ts";

/** LinkedIn shortens longer addresses in a post. https://www.linkedin.com/help/linkedin/answer/a521889 (checked 2026-11) */
const shortUrl = /https?:\/\/lnkd\.in\/[\w-]+/;

/**
 * Whether a post LinkedIn shows is the one we sent.
 * @param fileUrns what we uploaded for it: files belong to one delivery, so a single one is proof
 */
export function isSamePost(variant: Variant, fileUrns: readonly string[], post: Post): boolean {
  const shown = filesOf(post);
  if (shown.some((urn) => fileUrns.includes(urn))) return true;
  return (
    shown.length === variant.media.length &&
    isSameText(textOf(variant), plainText(post.commentary ?? "")) &&
    isSameArticle(variant, post.content?.article?.source)
  );
}

/** Images and videos; nothing else that LinkedIn counts as media. */
export function filesOf({ content }: Pick<Post, "content">): string[] {
  const items = content?.multiImage?.images ?? (content?.media ? [content.media] : []);
  return items.map(({ id }) => id).filter((id) => /^urn:li:(image|video):/.test(id));
}

/** White space, invisible signs and shortened addresses are forgiven, nothing else. */
export function isSameText(sent: string, shown: string): boolean {
  const [ours, theirs] = [words(sent), words(shown)];
  return ours.length === theirs.length && ours.every((word, index) => isSameWord(word, theirs[index] ?? ""));
}

function words(text: string): string[] {
  const plain = text.normalize("NFC").replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  return plain.split(/\s+/u).filter((word) => word !== "");
}

function isSameWord(ours: string, theirs: string): boolean {
  if (ours === theirs) return true;
  const pieces = theirs.split(shortUrl);
  if (pieces.length === 1) return false;
  return new RegExp(`^${pieces.map(literally).join("\\S*\\.\\S*")}$`, "u").test(ours);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** Only a link of ours says something: two posts without words may differ in nothing else. */
function isSameArticle({ link, media }: Variant, source: string | undefined): boolean {
  if (link === null || media.length > 0) return true;
  if (source === undefined || !isUrl(source)) return false;
  return shortUrl.test(source) || new URL(source).href === new URL(link).href;
}
