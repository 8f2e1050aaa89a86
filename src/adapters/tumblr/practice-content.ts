import { isUrl as isAddress } from "../../domain/is-url.ts";
import type { PracticeFile, PracticeReply } from "../../practice/kit.ts";
import { malformed, problem } from "./practice-replies.ts";
import { maxBlockLength, maxBlocks, maxStoredBytes } from "./rules.ts";
import { codePoints } from "./text.ts";

export interface PracticeBlock {
  readonly type: "text" | "image" | "video" | "link";
  readonly text?: string;
  readonly subtype?: string;
  readonly formatting?: readonly { readonly type: string; readonly url?: string }[];
  readonly url?: string;
  readonly alt_text?: string;
  /** Names the uploaded file; a picture's media is a list, a video's is not. */
  readonly media?: PracticeMedia | readonly PracticeMedia[];
}

export interface PracticeMedia {
  readonly type?: string;
  readonly identifier?: string;
  readonly url?: string;
  readonly width?: number;
  readonly height?: number;
}

/** By identifier what was uploaded with the request, and by address what the post had before. */
export interface Files {
  readonly sent: Readonly<Record<string, PracticeFile>>;
  readonly kept: readonly (string | undefined)[];
}

// https://www.tumblr.com/docs/npf#post-content-limits (checked 2026-11)
const most = { image: 30, video: 1, link: 10, inlineLinks: 100, altText: 4096 };
// https://www.tumblr.com/docs/npf#text-block-basic-subtypes (checked 2026-11)
const subtypes = [
  "heading1",
  "heading2",
  "quirky",
  "quote",
  "indented",
  "chat",
  "ordered-list-item",
  "unordered-list-item",
];

/** What is wrong with a post's content, in Tumblr's own terms; undefined where nothing is. */
export function contentRefusal(content: unknown, layout: unknown, files: Files): PracticeReply | undefined {
  if (!Array.isArray(content)) return malformed("'content' must be an array");
  const blocks = content as readonly PracticeBlock[];
  const count = (type: string) => blocks.filter((block) => block?.type === type).length;
  const inlineLinks = blocks
    .flatMap((block) => block?.formatting ?? [])
    .filter(({ type }) => type === "link");
  const isFine =
    blocks.length <= maxBlocks &&
    blocks.every((block) => isBlock(block, files)) &&
    (["image", "video", "link"] as const).every((type) => count(type) <= most[type]) &&
    inlineLinks.length <= most.inlineLinks &&
    withoutEmptyEdges(blocks).length > 0 &&
    Buffer.byteLength(JSON.stringify(blocks)) <= maxStoredBytes;
  return isFine ? layoutRefusal(layout, blocks) : malformed();
}

/** https://www.tumblr.com/docs/npf#special-note-leading-and-trailing-empty-text-blocks (checked 2026-11) */
export function withoutEmptyEdges(blocks: readonly PracticeBlock[]): readonly PracticeBlock[] {
  const isFull = ({ type, text }: PracticeBlock) => type !== "text" || text !== "";
  const first = blocks.findIndex(isFull);
  return first === -1 ? [] : blocks.slice(first, blocks.findLastIndex(isFull) + 1);
}

/** The one file of a picture or a video. */
export function mediaOf({ media }: PracticeBlock): PracticeMedia | undefined {
  return [media].flat()[0] as PracticeMedia | undefined;
}

/** What the adapter does not use (sound, players from elsewhere …) is refused like what does not exist. */
function isBlock(block: PracticeBlock | null, files: Files): boolean {
  switch (block?.type) {
    case "text":
      return isText(block);
    case "link":
      return isUrl(block.url);
    case "image":
      return Array.isArray(block.media) && hasFile(block, files) && isAltText(block.alt_text);
    case "video":
      return !Array.isArray(block.media) && hasFile(block, files);
    default:
      return false;
  }
}

function isText({ text, subtype, formatting = [] }: PracticeBlock): boolean {
  if (typeof text !== "string" || codePoints(text) > maxBlockLength) return false;
  if (subtype !== undefined && !subtypes.includes(subtype)) return false;
  return Array.isArray(formatting) && formatting.every((range) => isRange(range, codePoints(text)));
}

function isRange(range: Readonly<Record<string, unknown>>, length: number): boolean {
  const { start, end, type, url } = range;
  const isWithin = Number.isInteger(start) && Number.isInteger(end) && Number(start) >= 0;
  return isWithin && Number(start) < Number(end) && Number(end) <= length && (type !== "link" || isUrl(url));
}

function hasFile(block: PracticeBlock, files: Files): boolean {
  const { identifier, url } = mediaOf(block) ?? {};
  if (typeof identifier === "string") return files.sent[identifier] !== undefined;
  return url !== undefined && files.kept.includes(url);
}

function isAltText(text: unknown): boolean {
  return text === undefined || (typeof text === "string" && codePoints(text) <= most.altText);
}

function isUrl(url: unknown): boolean {
  return typeof url === "string" && /^https?:\/\//.test(url) && isAddress(url);
}

interface Row {
  readonly blocks?: readonly number[];
  readonly mode?: { readonly type?: string };
}

/** https://www.tumblr.com/docs/npf#layout-block-type-rows (checked 2026-11) */
function layoutRefusal(layout: unknown, blocks: readonly PracticeBlock[]): PracticeReply | undefined {
  if (layout === undefined) return undefined;
  if (!Array.isArray(layout) || layout.length > 1) return malformed();
  const [rows] = layout as readonly { readonly type?: string; readonly display?: readonly Row[] }[];
  if (!rows) return undefined;
  if (rows.type !== "rows" || !Array.isArray(rows.display)) return malformed();
  const display = rows.display as readonly Row[];
  if (display.some(({ mode }) => mode?.type === "carousel"))
    return problem(403, 0, "You cannot use carousels.");
  const named = display.flatMap((row) => row.blocks ?? []).sort((one, other) => one - other);
  const isWhole = named.length === blocks.length && named.every((index, place) => index === place);
  const isGallery = ({ blocks: row = [] }: Row) =>
    row.length === 1 || (row.length > 1 && row.every((index) => blocks[index]?.type === "image"));
  return isWhole && display.every(isGallery) ? undefined : malformed();
}
