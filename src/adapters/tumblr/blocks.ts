import type { Media, Variant } from "../../domain/post.ts";
import { inlineLinks, type LinkRange } from "./links.ts";
import { paragraphs } from "./text.ts";

// https://www.tumblr.com/docs/npf (checked 2026-11), as far as we make posts of it
export type Block =
  | {
      readonly type: "text";
      readonly text: string;
      readonly subtype?: "heading1";
      readonly formatting?: readonly LinkRange[];
    }
  | { readonly type: "link"; readonly url: string }
  | { readonly type: "image"; readonly media: readonly [Upload]; readonly alt_text?: string }
  | { readonly type: "video"; readonly provider: "tumblr"; readonly media: Upload };

interface Upload {
  readonly type: string;
  /** The name of the part of the request that carries the file. */
  readonly identifier: string;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly type: "rows";
  readonly display: readonly { readonly blocks: readonly number[] }[];
}

const maxInRow = 3;
/** https://www.tumblr.com/docs/npf#inline-links (checked 2026-11) */
const maxInlineLinks = 100;

/** A variant as Tumblr shows it from top to bottom: title, pictures and video, text, link. */
export function contentOf(variant: Variant): {
  readonly content: readonly Block[];
  readonly layout?: readonly Layout[];
} {
  const content = withoutEmptyEdges([
    ...titleBlocks(variant),
    ...variant.media.map(mediaBlock),
    ...textBlocks(variant.text),
    ...(variant.link === null ? [] : [{ type: "link", url: variant.link } as const]),
  ]);
  const layout = layoutOf(content);
  return layout ? { content, layout } : { content };
}

/** Pictures side by side; undefined where there are not two. */
export function layoutOf(content: readonly { readonly type: string }[]): readonly Layout[] | undefined {
  const pictures = content.filter(({ type }) => type === "image");
  return pictures.length < 2 ? undefined : [gallery(content)];
}

/** @param index the file's place among the variant's media */
export function identifierOf(index: number): string {
  return `file${index}`;
}

function mediaBlock({ kind, mimeType, width, height, altText }: Media, index: number): Block {
  const upload = { type: mimeType, identifier: identifierOf(index), width, height };
  if (kind === "video") return { type: "video", provider: "tumblr", media: upload };
  return { type: "image", media: [upload], ...(altText !== "" && { alt_text: altText }) };
}

export function titleBlocks({ options: { title } }: Variant): Block[] {
  return typeof title === "string" ? [{ type: "text", subtype: "heading1", text: title }] : [];
}

export function textBlocks(text: string): Block[] {
  let linksLeft = maxInlineLinks;
  return paragraphs(text).map((paragraph) => {
    const formatting = inlineLinks(paragraph).slice(0, linksLeft);
    linksLeft -= formatting.length;
    return { type: "text", text: paragraph, ...(formatting.length > 0 && { formatting }) };
  });
}

/** Tumblr drops empty blocks at both ends, and the layout would then count wrongly. */
export function withoutEmptyEdges<T extends { readonly type: string; readonly text?: string }>(
  blocks: readonly T[],
): readonly T[] {
  const isFull = ({ type, text }: T) => type !== "text" || text !== "";
  const first = blocks.findIndex(isFull);
  return first === -1 ? [] : blocks.slice(first, blocks.findLastIndex(isFull) + 1);
}

/** A layout has to name every block; only pictures may stand beside each other. */
function gallery(content: readonly { readonly type: string }[]): Layout {
  const runs: number[][] = [];
  for (const [index, { type }] of content.entries()) {
    if (type === "image" && content[index - 1]?.type === "image") runs.at(-1)?.push(index);
    else runs.push([index]);
  }
  return { type: "rows", display: runs.flatMap(inRows).map((blocks) => ({ blocks })) };
}

/** As few rows as it takes, and as even as they go: seven are three, two and two. */
function inRows(run: readonly number[]): number[][] {
  const rows = Math.ceil(run.length / maxInRow);
  const start = (row: number) => Math.ceil((row * run.length) / rows);
  return Array.from({ length: rows }, (_, row) => run.slice(start(row), start(row + 1)));
}
