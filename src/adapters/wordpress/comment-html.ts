import type { Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";

/** WordPress keeps HTML in comments. */
export function commentHtml(variant: Variant): string {
  return textWithLink(variant).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
