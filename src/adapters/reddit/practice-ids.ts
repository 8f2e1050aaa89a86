import type { PracticeNetwork } from "../../practice/kit.ts";

const first = 30_000_000;

/** An id as Reddit makes them, in base 36 and growing. The last digit is never above 4, so that some ids are nobody's. */
export function nextId(network: PracticeNetwork): string {
  const counts = network.collection<number>("counts");
  const count = (counts.get("ids") ?? 0) + 1;
  counts.put("ids", count);
  return `${(first + count).toString(36)}${count % 5}`;
}
