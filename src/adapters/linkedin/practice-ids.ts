import type { PracticeNetwork } from "../../practice/kit.ts";

/** An id as LinkedIn's are: the milliseconds it was made, then 22 bits that tell those of one millisecond apart. */
export function nextId(network: PracticeNetwork): string {
  const last = network.collection<string>("last-id");
  const fresh = BigInt(network.now().getTime()) << 22n;
  const next = BigInt(last.get("last") ?? 0) + 1n;
  const id = String(fresh > next ? fresh : next);
  last.put("last", id);
  return id;
}
