import type { PracticeNetwork } from "../../practice/kit.ts";
import { articleBySlug } from "./practice-articles.ts";

/** https://developer.wordpress.org/reference/functions/sanitize_title_with_dashes/ (checked 2026-11) */
export function sanitizedSlug(text: string): string {
  const plain = text
    .replace(/<[^<>]*>/g, "")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/&[^;\s]+;/g, "")
    .replace(/[–—/.\s]/g, "-")
    .replace(/[!-,:-@[-^`{-~\u2018-\u201f«»…]/g, "")
    .replace(/-+/g, "-")
    .replace(/^-|-$/g, "");
  return encodeURIComponent(plain).toLowerCase().slice(0, 200);
}

/** Taken ones get a number, as WordPress does it: silently. https://developer.wordpress.org/reference/functions/wp_unique_post_slug/ (checked 2026-11) */
export function uniqueSlug(wanted: string, own: number, network: PracticeNetwork): string {
  if (wanted === "") return String(own);
  let slug = wanted;
  for (let number = 2; (articleBySlug(slug, network)?.id ?? own) !== own; number++)
    slug = `${wanted}-${number}`;
  return slug;
}
