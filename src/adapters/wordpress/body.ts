import type { Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";
import { markdownBlocks } from "./markdown.ts";
import { block, escapeAttribute, paragraphs } from "./markup.ts";
import type { Upload } from "./upload.ts";

/**
 * A post's content as the blocks of WordPress's editor: the text, read as Markdown where the author asked for blocks
 * and kept as written where not; below it the files, without the featured picture, which the site's theme shows.
 */
export function contentOf(variant: Variant, uploads: readonly Upload[]): string {
  const featured = featuredOf(uploads);
  const files = uploads.filter((upload) => upload !== featured);
  return [...textBlocks(variant), ...files.map(fileBlock)].join("\n\n");
}

/** The first picture. */
export function featuredOf(uploads: readonly Upload[]): Upload | undefined {
  return uploads.find(({ kind }) => kind === "image");
}

function textBlocks(variant: Variant): string[] {
  if (variant.options.format !== "blocks") return paragraphs(textWithLink(variant));
  const { text, link } = variant;
  const below = link !== null && !text.includes(link) ? paragraphs(link) : []; // not into a list at the end
  return [...markdownBlocks(text), ...below];
}

function fileBlock({ id, kind, url, altText }: Upload): string {
  const src = escapeAttribute(url);
  if (kind === "video")
    return block("video", `<figure class="wp-block-video"><video controls src="${src}"></video></figure>`, {
      id,
    });
  const picture = `<img src="${src}" alt="${escapeAttribute(altText)}" class="wp-image-${id}"/>`;
  return block("image", `<figure class="wp-block-image">${picture}</figure>`, { id });
}
