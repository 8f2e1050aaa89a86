import type { LinkDraft } from "./draft.ts";

/** Where people read it: a link without a relation is one of these, and a web page among them comes first. */
export function alternateOf(links: readonly LinkDraft[] | undefined): string | undefined {
  const pages = (links ?? []).filter(({ rel = "alternate" }) => rel.toLowerCase() === "alternate");
  return (pages.find(({ type }) => /html/i.test(type ?? "")) ?? pages[0])?.href;
}
