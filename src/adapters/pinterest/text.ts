import type { Media } from "../../domain/post.ts";

/** Code points, as JSON Schema counts them. https://developers.pinterest.com/docs/api/v5/pins-create (checked 2026-11) */
export function measure(text: string): number {
  return [...text].length;
}

/**
 * The one alt text a Pin has: that of its file, or of its files one per line, each with its number.
 * @returns empty where no file has one
 */
export function altTextOf(media: readonly Media[]): string {
  const [first, second] = media;
  if (!second) return first?.altText ?? "";
  return media
    .map(({ altText }, index) => (altText === "" ? "" : `${index + 1}. ${altText}`))
    .filter((line) => line !== "")
    .join("\n");
}

/** What two renderings of one text have in common: white space as one space. */
export function comparable(text: string | null | undefined): string {
  return (text ?? "").normalize("NFC").replace(/\s+/gu, " ").trim();
}
