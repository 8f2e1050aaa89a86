import type { Link } from "./link.ts";

/** One account that something reaches. */
export interface Reach {
  readonly accountId: string;
  /** The links it went along, from the source on. */
  readonly path: readonly Link[];
}

/**
 * Everyone that a post on one account reaches along the links, chains of them too: each account once, by the shortest
 * way, of equal ones by the older link. Circles end where they began.
 * @param passes whether a link shares it, given the way it came
 */
export function spread(
  links: readonly Link[],
  source: string,
  passes: (link: Link, path: readonly Link[]) => boolean,
): Reach[] {
  const leaving = byOrigin(links);
  const reached = new Map<string, Reach>([[source, { accountId: source, path: [] }]]);
  for (const { accountId, path } of reached.values())
    for (const { link, to } of leaving.get(accountId) ?? [])
      if (!reached.has(to) && passes(link, path)) reached.set(to, { accountId: to, path: [...path, link] });
  reached.delete(source);
  return [...reached.values()];
}

interface Edge {
  readonly link: Link;
  readonly to: string;
}

function byOrigin(links: readonly Link[]): Map<string, Edge[]> {
  const edges = new Map<string, Edge[]>();
  const add = (from: string, edge: Edge) => edges.set(from, [...(edges.get(from) ?? []), edge]);
  for (const link of [...links].sort((a, b) => (a.id < b.id ? -1 : 1)))
    for (const target of link.targets) {
      add(link.source, { link, to: target });
      if (link.bothWays) add(target, { link, to: link.source });
    }
  return edges;
}
