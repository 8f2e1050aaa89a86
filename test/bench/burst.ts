import { percentile, round } from "./figures.ts";
import { startProgram } from "./process.ts";
import { forget, linkAccounts, type Product, plan, type Sighting, sightings } from "./product.ts";

export interface Burst {
  readonly perSecond: number;
  readonly lastMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly early: number;
  readonly doubled: number;
}

/** As many deliveries due at one instant; how long until the last is accepted. */
export async function burst(product: Product, platformUrl: string, count: number): Promise<Burst> {
  await forget(platformUrl);
  const accounts = await linkAccounts(product, 100);
  const due = new Date(Date.now() + 15_000 + count);
  await plan(product, accounts, texts(count, "Burst"), () => due);
  return measure(await sightings(platformUrl, count, 120_000), due.getTime());
}

/** The same number of calls by a bare worker on the same queue. */
export async function bareBurst(where: string, platformUrl: string, count: number): Promise<Burst> {
  await forget(platformUrl);
  const dueMs = Date.now() + 10_000 + count;
  const port = new URL(platformUrl).port;
  const bare = await startProgram("bare-worker.ts", where, port, String(count), String(dueMs));
  const seen = await sightings(platformUrl, count, 120_000);
  await bare.end();
  return measure(seen, dueMs);
}

function measure(seen: readonly Sighting[], dueMs: number): Burst {
  const late = seen.map((one) => one.cameMs - dueMs);
  const lastMs = Math.max(...seen.map((one) => one.acceptedMs)) - dueMs;
  return {
    perSecond: round((seen.length / lastMs) * 1000),
    lastMs: round(lastMs),
    p50Ms: round(percentile(late, 0.5)),
    p99Ms: round(percentile(late, 0.99)),
    early: late.filter((ms) => ms < 0).length,
    doubled: seen.length - new Set(seen.map((one) => one.text)).size,
  };
}

const texts = (count: number, word: string) =>
  Array.from({ length: count }, (_, n) => `${word} ${n} of ${count}`);
