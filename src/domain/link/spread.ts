import type { Ends } from "./link.ts";

/** One account that something reaches. */
export interface Reach<L extends Ends> {
  readonly accountId: string;
  /** The way it went, from the source on. */
  readonly path: readonly Hop<L>[];
}

/** From one account to another along a link, forwards or back. */
export interface Hop<L extends Ends> {
  readonly link: L;
  readonly from: string;
  readonly to: string;
}

/**
 * Everyone that a post on one account reaches along the links, chains of them too: each account once, by the shortest
 * way; of equal ones by a link that is reviewed, for somebody wants to look first, else by the older one. Circles end where they began.
 * @param passes whether the link of a hop shares it, and whether it may arrive there
 */
export function spread<L extends Ends>(
  links: readonly L[],
  source: string,
  passes: (hop: Hop<L>) => boolean,
): Reach<L>[] {
  const leaving = byOrigin(links);
  const reached = new Map<string, Reach<L>>([[source, { accountId: source, path: [] }]]);
  for (const { accountId, path } of reached.values())
    for (const hop of leaving.get(accountId) ?? [])
      if (!reached.has(hop.to) && passes(hop))
        reached.set(hop.to, { accountId: hop.to, path: [...path, hop] });
  reached.delete(source);
  return [...reached.values()];
}

function byOrigin<L extends Ends>(links: readonly L[]): Map<string, Hop<L>[]> {
  const hops = new Map<string, Hop<L>[]>();
  const add = (hop: Hop<L>) => hops.set(hop.from, [...(hops.get(hop.from) ?? []), hop]);
  const first = (a: L, b: L) =>
    Number(b.review ?? false) - Number(a.review ?? false) || (a.id < b.id ? -1 : 1);
  for (const link of [...links].sort(first))
    for (const target of link.targets) {
      add({ link, from: link.source, to: target });
      if (link.bothWays) add({ link, from: target, to: link.source });
    }
  return hops;
}
