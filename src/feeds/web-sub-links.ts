import type { LinkDraft } from "./draft.ts";

/**
 * The links of a `Link` header. https://www.rfc-editor.org/rfc/rfc8288#section-3 (checked 2026-11)
 * @returns one for each relation that a link has
 */
export function headerLinks(header: string | null): LinkDraft[] {
  return [...(header ?? "").matchAll(/<([^<>]*)>((?:[^,<>"]|"[^"]*")*)/g)].flatMap(
    ([, href = "", parameters = ""]) => {
      const [, quoted, bare = ""] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))/i.exec(parameters) ?? [];
      return (quoted ?? bare).split(/\s+/).map((rel) => ({ rel, href: href.trim() }));
    },
  );
}

/** The first link with that relation: a hub, or the feed's own address. */
export function linkTo(rel: string, links: readonly LinkDraft[]): string | undefined {
  return links.find((link) => link.rel?.toLowerCase() === rel)?.href;
}
