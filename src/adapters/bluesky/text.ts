import { countGraphemes } from "../families/graphemes.ts";

/** As readers see characters. https://docs.bsky.app/docs/advanced-guides/posts (checked 2026-11) */
export function measure(text: string): number {
  return countGraphemes(text);
}

/** The other limit of a text, in UTF-8: only emoji and stacked marks ever meet it. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
