import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Ends } from "./link.ts";
import { spread } from "./spread.ts";

const account = (n: number) => `acc_${n}`;
const link = (n: number, source: number, targets: readonly number[], bothWays = false): Ends => ({
  id: `lnk_${String(n).padStart(4, "0")}`,
  source: account(source),
  targets: targets.map(account),
  bothWays,
});
const everything = () => true;
const reach = (
  links: readonly Ends[],
  from: number,
  passes: Parameters<typeof spread<Ends>>[2] = everything,
) => spread(links, account(from), passes).map(({ accountId }) => accountId);

const graph = fc
  .array(fc.tuple(fc.nat(49), fc.uniqueArray(fc.nat(49), { minLength: 1, maxLength: 6 }), fc.boolean()), {
    maxLength: 80,
  })
  .map((links) => links.map(([source, targets, both], n) => link(n, source, targets, both)));

describe("what is posted on an account", () => {
  it("goes by the link that is reviewed, where two lead there: somebody wants to look first", () => {
    const links = [link(1, 1, [2]), { ...link(2, 1, [2]), review: true }];
    expect(spread(links, account(1), everything)[0]?.path.map((hop) => hop.link.id)).toEqual(["lnk_0002"]);
  });

  it("reaches everyone along the links once, and never its source, whatever the links look like", () => {
    fc.assert(
      fc.property(graph, fc.nat(49), (links, from) => {
        const reached = reach(links, from);
        expect(new Set(reached).size).toBe(reached.length);
        expect(reached).not.toContain(account(from));
        expect(new Set(reached)).toEqual(closure(links, account(from)));
      }),
    );
  });

  it("went a way that exists, each link of it from where the one before had led", () => {
    fc.assert(
      fc.property(graph, fc.nat(49), (links, from) => {
        for (const { accountId, path } of spread(links, account(from), everything)) {
          expect(path.map((hop) => hop.from)).toEqual([
            account(from),
            ...path.slice(0, -1).map((hop) => hop.to),
          ]);
          expect(path.at(-1)?.to).toBe(accountId);
          for (const { link, from, to } of path)
            expect(leads(link, from, to) || (link.bothWays && leads(link, to, from))).toBe(true);
        }
      }),
    );
  });

  it("reaches the same whichever order the links come in", () => {
    fc.assert(
      fc.property(graph, fc.nat(49), (links, from) => {
        expect(spread([...links].reverse(), account(from), everything)).toEqual(
          spread(links, account(from), everything),
        );
      }),
    );
  });

  it.each([
    ["a circle", [link(1, 1, [2]), link(2, 2, [3]), link(3, 3, [1])], [2, 3]],
    ["a chain", [link(1, 1, [2]), link(2, 2, [3]), link(3, 3, [4])], [2, 3, 4]],
    ["a diamond", [link(1, 1, [2, 3]), link(2, 2, [4]), link(3, 3, [4])], [2, 3, 4]],
    ["a link to both sides, from its source", [link(1, 1, [2, 3], true)], [2, 3]],
    ["a link to itself", [link(1, 1, [1])], []],
  ])("settles in %s", (_, links, expected) => {
    expect(reach(links, 1)).toEqual(expected.map(account));
  });

  it("goes from a target to the source, and on, where a link is used both ways", () => {
    expect(reach([link(1, 1, [2, 3], true)], 2)).toEqual([account(1), account(3)]);
  });

  it("stops at a link that does not share it, and takes another way round", () => {
    const links = [link(1, 1, [2]), link(2, 1, [3]), link(3, 3, [2])];
    expect(reach(links, 1, (hop) => hop.link.id !== "lnk_0001")).toEqual([account(3), account(2)]);
  });
});

/** Everyone there is a way to, found the slow way. */
function closure(links: readonly Ends[], from: string): Set<string> {
  const found = new Set([from]);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { source, targets, bothWays } of links)
      for (const target of targets) {
        if (found.has(source)) found.add(target);
        if (bothWays && found.has(target)) found.add(source);
      }
  }
  found.delete(from);
  return found;
}

function leads({ source, targets }: Ends, from: string, to: string): boolean {
  return source === from && targets.includes(to);
}
