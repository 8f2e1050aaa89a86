import type { PracticeNetwork } from "../../practice/kit.ts";

const epochMs = 1_288_834_974_657n;

/** An id as X makes them: milliseconds since its epoch, then 22 bits that tell those of one millisecond apart. */
export function nextId(network: PracticeNetwork): string {
  const last = network.collection<{ readonly id: string }>("last-id");
  const fresh = (BigInt(network.now().getTime()) - epochMs) << 22n;
  const next = BigInt(last.get("last")?.id ?? 0) + 1n;
  const id = String(fresh > next ? fresh : next);
  last.put("last", { id });
  return id;
}

export function isId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9]{1,19}$/.test(value);
}
