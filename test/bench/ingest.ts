import { Agent, request } from "undici";
import { round } from "./figures.ts";
import { startProgram } from "./process.ts";
import { type Product, plan } from "./product.ts";

const inFlight = 32;
const count = 4000;

/** `POST /v1/posts` per second. */
export function ingest(product: Product, accounts: readonly string[]): Promise<number> {
  const dueAt = farAhead().toISOString();
  return perSecond((n) =>
    product.call("POST", "/v1/posts", {
      text: `Ingest ${n}`,
      accounts: [accounts[n % accounts.length]],
      dueAt,
    }),
  );
}

/** The same requests to Express, zod and one INSERT. */
export async function bareIngest(database: string): Promise<number> {
  const bare = await startProgram("bare-ingest.ts", database);
  const url = `http://127.0.0.1:${bare.firstLine}/v1/posts`;
  const dispatcher = new Agent();
  const headers = { "content-type": "application/json" };
  const dueAt = farAhead().toISOString();
  const rate = await perSecond(async (n) => {
    const body = JSON.stringify({ text: `Ingest ${n}`, accounts: ["acc_1"], dueAt });
    const answer = await request(url, { method: "POST", headers, body, dispatcher });
    await answer.body.json();
  });
  await bare.end();
  return rate;
}

/** Ten thousand posts in bulks of a thousand; seconds. */
export async function bulk(product: Product, accounts: readonly string[]): Promise<number> {
  const texts = Array.from({ length: 10_000 }, (_, n) => `Bulk ${n}`);
  const startedMs = performance.now();
  await plan(product, accounts, texts, farAhead);
  return round((performance.now() - startedMs) / 1000, 1);
}

async function perSecond(call: (n: number) => Promise<unknown>): Promise<number> {
  for (let n = 0; n < 200; n++) await call(n); // warm
  let next = 0;
  const startedMs = performance.now();
  const lane = async () => {
    while (next < count) await call(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return round(count / ((performance.now() - startedMs) / 1000));
}

const farAhead = () => new Date(Date.now() + 30 * 86_400_000);
