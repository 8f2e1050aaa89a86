import { declared } from "./plain-xml.ts";
import { notAFeed } from "./web-page.ts";

export type FeedKind =
  | { readonly kind: "json" }
  /** `root`: where the tag of the outermost element stands. */
  | { readonly kind: "rss" | "feed" | "rdf"; readonly root: number };

/** Tells by its first element what a text is; what a server says of its type is too often wrong. @throws FeedError */
export function feedKind(text: string, url: string): FeedKind {
  beforeRoot.lastIndex = 0;
  const root = beforeRoot.exec(text)?.[0].length ?? 0;
  if (text.startsWith("{", root)) return { kind: "json" };
  const [, mark = "", name = ""] = /^<(!DOCTYPE\s+|!)?([-\w.:]*)/i.exec(text.slice(root, root + 100)) ?? [];
  const kind = name.slice(name.indexOf(":") + 1).toLowerCase();
  if (mark !== "" && kind !== "html") throw declared();
  if (mark === "" && (kind === "rss" || kind === "feed" || kind === "rdf")) return { kind, root };
  throw notAFeed(text, url);
}

const beforeRoot = /\s*(?:(?:<\?[\s\S]*?\?>|<!--[\s\S]*?-->)\s*)*/y;
