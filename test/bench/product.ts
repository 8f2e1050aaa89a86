import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { until } from "../support/until.ts";

const main = fileURLToPath(new URL("../../dist/src/main.js", import.meta.url));
const apiKey = "clr_bench_0123456789abcdefghijklmnop";

/** The built product in one process, as `npm start` runs it. */
export interface Product {
  readonly pid: number;
  /** From spawning it to the first good answer of /readyz. */
  readonly startMs: number;
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

export async function startProduct(env: {
  readonly DATA_DIR: string;
  readonly X_API_URL: string;
  readonly REDIS_URL?: string;
}): Promise<Product> {
  const port = await freePort();
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...(process.env.BENCH_NODE_ARGS?.split(" ") ?? []), main], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      ...env,
      PORT: String(port),
      PRACTICE_PORT: String(await freePort()),
      CLARION_API_KEY: apiKey,
      CLARION_DEMO: "0",
      LOG_LEVEL: "warn",
    },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const base = `http://127.0.0.1:${port}`;
  await until(
    "the server is ready",
    async () => (await fetch(`${base}/readyz`).catch(() => undefined))?.ok,
    60_000,
  );
  return {
    pid: child.pid ?? 0,
    startMs: performance.now() - startedMs,
    call: (method, path, body) => request(`${base}${path}`, method, body),
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function request<T>(url: string, method: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T;
  if (!response.ok)
    throw new Error(`${method} ${url}: ${response.status} ${JSON.stringify(answer).slice(0, 500)}`);
  return answer;
}

/** Live accounts on the local platform, each with a token of its own. */
export async function linkAccounts(product: Product, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const credentials = { accessToken: `bench-token-${n}` };
    ids.push(
      (
        await product.call<{ id: string }>("POST", "/v1/accounts", {
          platform: "x",
          mode: "live",
          credentials,
        })
      ).id,
    );
  }
  return ids;
}

/** Plans posts in bulks of a thousand, one account each in turn. */
export async function plan(
  product: Product,
  accounts: readonly string[],
  texts: readonly string[],
  dueAt: (index: number) => Date,
): Promise<void> {
  const posts = texts.map((text, index) => ({
    text,
    accounts: [accounts[index % accounts.length]],
    dueAt: dueAt(index).toISOString(),
  }));
  for (let at = 0; at < posts.length; at += 1000)
    await product.call("POST", "/v1/posts/bulk", posts.slice(at, at + 1000));
}

export interface Sighting {
  readonly text: string;
  readonly cameMs: number;
  readonly acceptedMs: number;
}

/** Waits until the platform has accepted this many, and tells what it saw. */
export async function sightings(platformUrl: string, count: number, timeoutMs: number): Promise<Sighting[]> {
  const look = async () => {
    const seen = (await (await fetch(`${platformUrl}/seen`)).json()) as Sighting[];
    return seen.length >= count ? seen : undefined;
  };
  return (await until(`${count} posts are accepted`, look, timeoutMs)) as Sighting[];
}

export const forget = (platformUrl: string) => fetch(`${platformUrl}/seen`, { method: "DELETE" });

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
