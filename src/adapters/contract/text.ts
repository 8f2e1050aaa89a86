import type { Variant } from "../../domain/post.ts";

/** The text as it is sent where a link has no field of its own: on its own line, unless the text has it already. */
export function textWithLink(variant: Pick<Variant, "text" | "link">): string {
  const { text, link } = variant;
  if (!link || text.includes(link)) return text;
  return text === "" ? link : `${text}\n${link}`;
}
