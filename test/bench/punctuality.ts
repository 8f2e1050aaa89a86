import { percentile, round } from "./figures.ts";
import { forget, type Product, plan, type Sighting, sightings } from "./product.ts";

export interface Lateness {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly early: number;
}

/** A thousand spread over one second. */
export async function withinASecond(product: Product, platformUrl: string, accounts: readonly string[]) {
  const start = Date.now() + 8000;
  return planned(product, platformUrl, accounts, 1000, (n) => start + n);
}

/** One by one, so that nothing is warm but what always is. */
export async function isolated(product: Product, platformUrl: string, accounts: readonly string[]) {
  const start = Date.now() + 8000;
  return planned(product, platformUrl, accounts, 150, (n) => start + n * 211);
}

async function planned(
  product: Product,
  platformUrl: string,
  accounts: readonly string[],
  count: number,
  dueMs: (index: number) => number,
): Promise<Lateness> {
  await forget(platformUrl);
  const texts = Array.from({ length: count }, (_, n) => `Planned ${n}.`);
  await plan(product, accounts, texts, (n) => new Date(dueMs(n)));
  const seen = await sightings(platformUrl, count, 120_000);
  return lateness(seen, (one) => dueMs(Number(/\d+/.exec(one.text)?.[0])));
}

/** `dueAt: "now"`: from sending the request to the first byte at the platform. */
export async function now(
  product: Product,
  platformUrl: string,
  accounts: readonly string[],
): Promise<Lateness> {
  await forget(platformUrl);
  const asked = new Map<string, number>();
  for (let n = 0; n < 200; n++) {
    const text = `Now ${n}.`;
    asked.set(text, performance.timeOrigin + performance.now());
    await product.call("POST", "/v1/posts", {
      text,
      accounts: [accounts[n % accounts.length]],
      dueAt: "now",
    });
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  const seen = await sightings(platformUrl, 200, 60_000);
  return lateness(seen, (one) => asked.get(one.text) ?? Number.NaN);
}

function lateness(seen: readonly Sighting[], dueMs: (one: Sighting) => number): Lateness {
  const late = seen.map((one) => one.cameMs - dueMs(one));
  return {
    p50Ms: round(percentile(late, 0.5), 1),
    p99Ms: round(percentile(late, 0.99), 1),
    maxMs: round(Math.max(...late), 1),
    early: late.filter((ms) => ms < 0).length,
  };
}
