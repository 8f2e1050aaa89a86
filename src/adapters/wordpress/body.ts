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

/** As `contentOf`, with the files of a post that is there already: what stands between its blocks of the library's files goes. */
export function contentKeepingFiles(variant: Variant, content: string): string {
  return [...textBlocks(variant), ...fileBlocksIn(content)].join("\n\n");
}

/** Pictures that the text itself names have no number of the library's, and stay or go with the text. */
function fileBlocksIn(content: string): string[] {
  const blocks: string[] = [];
  let open: { readonly name: string; readonly at: number } | undefined;
  for (const { 0: mark, 1: end, 2: name = "", 3: attributes = "", index } of content.matchAll(blockMark)) {
    const isEnd = end === "/";
    if (!open && !isEnd && /"id":\d/.test(attributes)) open = { name, at: index };
    else if (open?.name === name && isEnd) {
      blocks.push(content.slice(open.at, index + mark.length));
      open = undefined;
    }
  }
  return blocks;
}

/** The editor writes brackets inside attributes as \\u003c, so that a mark ends at the first. */
const blockMark = /<!-- (\/?)wp:(image|video)\b([^<>]*)-->/g;

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
