import { describe, expect, it, test } from "@jest/globals";
import { type Candidate, matching, searchBack } from "./graph-match.ts";

const sentAt = new Date("2026-11-20T10:00:00Z");
const at = (seconds: number) => new Date(sentAt.getTime() + seconds * 1000);
const seen = (text: string | undefined, seconds = 1, id = "1"): Candidate => ({ id, text, at: at(seconds) });

describe("a post is taken for ours", () => {
  test.each<[string, Candidate, boolean]>([
    ["when it says the same", seen("Clean  water\n\nfor all "), true],
    ["when its letters are composed otherwise", seen("Clean water for all".normalize("NFD")), true],
    ["when the platform does not show its text", seen(undefined), true],
    ["when the clocks differ by seconds", seen("Clean water for all", -59), true],
    ["not when it is older", seen("Clean water for all", -61), false],
    ["not when it says something else", seen("Clean water for some"), false],
    ["not when it says more", seen("Clean water for all!"), false],
  ])("%s", (_name, candidate, expected) => {
    expect(matching([candidate], " Clean water\nfor all", sentAt)).toEqual(expected ? [candidate] : []);
  });
});

describe("looking back through an edge", () => {
  const pages = (...times: readonly (readonly number[])[]) => {
    const reads: (string | undefined)[] = [];
    const read = async (after: string | undefined) => {
      reads.push(after);
      const page = Number(after ?? 0);
      return {
        data: (times[page] ?? []).map((seconds) => seen("ours", seconds, `${page}:${seconds}`)),
        paging: { cursors: { after: String(page + 1) }, ...(page + 1 < times.length && { next: "there" }) },
      };
    };
    return { reads, read };
  };

  it("reads on until what it sees is older than our request", async () => {
    const { reads, read } = pages([500, 400], [300, 2], [-100, -200], [-300]);
    const { found, isWhole } = await searchBack(read, "ours", sentAt);
    expect(found.map(({ id }) => id)).toEqual(["0:500", "0:400", "1:300", "1:2"]);
    expect([reads, isWhole]).toEqual([[undefined, "1", "2"], true]);
  });
  it("ends where the edge ends", async () => {
    const { reads, read } = pages([500], []);
    expect(await searchBack(read, "ours", sentAt)).toMatchObject({ isWhole: true });
    expect(reads).toHaveLength(2);
  });
  it("gives up after five pages, and says that it did not see everything", async () => {
    const { reads, read } = pages([9], [8], [7], [6], [5], [4]);
    const { found, isWhole } = await searchBack(read, "ours", sentAt);
    expect([reads.length, found.length, isWhole]).toEqual([5, 5, false]);
  });
});
