import type { LinkDraft } from "./draft.ts";

/**
 * The links of a `Link` header. https://www.rfc-editor.org/rfc/rfc8288#section-3 (checked 2026-11)
 * @returns one for each relation that a link has
 */
export function headerLinks(header: string | null): LinkDraft[] {
  return [...(header ?? "").matchAll(/<([^<>]*)>((?:[^,<>"]|"[^"]*")*)/g)].flatMap(
    ([, href = "", parameters = ""]) => relationsOf(parameters).map((rel) => ({ rel, href: href.trim() })),
  );
}

function relationsOf(parameters: string): string[] {
  for (const [, name = "", quoted, bare = ""] of parameters.matchAll(anyParameter))
    if (name.toLowerCase() === "rel") return (quoted ?? bare).split(/\s+/);
  return [];
}

const anyParameter = /;\s*([^\s=;"]+)(?:\s*=\s*(?:"([^"]*)"|([^\s";]+)))?/g;

/** The first link with that relation: a hub, or the feed's own address. */
export function linkTo(rel: string, links: readonly LinkDraft[]): string | undefined {
  return links.find((link) => link.rel?.toLowerCase() === rel)?.href;
}
