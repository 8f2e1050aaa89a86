import { spawn } from "node:child_process";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../support/until.ts";
import { bareBurst, burst } from "./burst.ts";
import { diskSync } from "./disk.ts";
import { round, table } from "./figures.ts";
import { bareIngest, bulk, ingest } from "./ingest.ts";
import { memoryMb, startProgram } from "./process.ts";
import { freePort, linkAccounts, type Product, startProduct } from "./product.ts";
import { isolated, now, withinASecond } from "./punctuality.ts";

// `npm run bench`: the product beside the bare engine, in one run. Sends only to 127.0.0.1 and stops by itself.
const count = Number(process.argv[2] ?? 10_000);
const answerAfterMs = 20;
const sections: string[] = [];
const platform = await startProgram("local-platform.ts", String(answerAfterMs));
const platformUrl = `http://127.0.0.1:${platform.firstLine}`;

for (const backend of ["redis", "postgres"] as const) await measure(backend);
await platform.end();
await writeFile(new URL("../../docs/benchmarks.md", import.meta.url), page());
console.log(sections.join("\n\n"));

// X takes 10,000 posts a day through one app, which is what the burst uses up: what follows has a server of its own.
async function measure(backend: "redis" | "postgres"): Promise<void> {
  sections.push(`## Queue on ${backend === "redis" ? "Redis" : "PostgreSQL"}`);
  await onFreshServer(backend, (product, where) => bursts(product, where));
  await onFreshServer(backend, async (product, where, folder) => {
    await punctuality(product, folder);
    if (backend === "postgres") await ingesting(product, where);
  });
}

async function onFreshServer(
  backend: "redis" | "postgres",
  work: (product: Product, where: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "clarion-bench-"));
  const redis = backend === "redis" ? await startRedis(folder) : undefined;
  const env = { DATA_DIR: folder, X_API_URL: platformUrl, ...(redis && { REDIS_URL: redis.url }) };
  const cold = await startProduct(env);
  await cold.stop();
  const product = await startProduct(env);
  await work(product, redis?.url ?? JSON.stringify(await embeddedConnection(folder)), folder);
  const used = memoryMb(product.pid);
  const store = redis ? `, Redis ${memoryMb(redis.pid).peak} MB at most` : "";
  sections.push(
    `Memory: the product's process ${used.peak} MB at most, its PostgreSQL ${used.children} MB${store}. ` +
      `First start ${round(cold.startMs / 1000, 1)} s, second ${round(product.startMs / 1000, 1)} s.`,
  );
  await product.stop();
  redis?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function bursts(product: Product, where: string): Promise<void> {
  const bare = await bareBurst(where, platformUrl, count);
  const ours = await burst(product, platformUrl, count);
  const row = (name: string, b: typeof ours) => [
    name,
    b.perSecond,
    b.lastMs,
    b.p50Ms,
    b.p99Ms,
    b.early,
    b.doubled,
  ];
  sections.push(
    `**Burst:** ${count} deliveries due at one instant, a platform that answers in ${answerAfterMs} ms. ` +
      `Ratio to the bare engine: **${round(ours.perSecond / bare.perSecond, 2)}**`,
    table(
      ["", "per second", "last accepted after ms", "start p50 ms", "start p99 ms", "early", "doubled"],
      [row("bare BullMQ worker", bare), row("Clarion", ours)],
    ),
  );
}

async function punctuality(product: Product, folder: string): Promise<void> {
  const accounts = await linkAccounts(product, 50);
  await withinASecond(product, platformUrl, accounts); // the first thousand after a start are slower
  const rows = [
    ["1,000 within one second", await withinASecond(product, platformUrl, accounts)],
    ["isolated, scheduled", await isolated(product, platformUrl, accounts)],
    ['`dueAt: "now"` to the first byte', await now(product, platformUrl, accounts)],
  ] as const;
  sections.push(
    table(
      ["lateness", "p50 ms", "p99 ms", "max ms", "early"],
      rows.map(([name, l]) => [name, l.p50Ms, l.p99Ms, l.maxMs, l.early]),
    ),
  );
  const disk = await diskSync(folder);
  sections.push(
    `Right after, the disk took p50 ${disk.p50Ms} ms, p99 ${disk.p99Ms} ms, at most ${disk.maxMs} ms to keep 8 KB: ` +
      "an intent is on the disk before its request leaves, so no lateness is better than that.",
  );
}

async function ingesting(product: Product, database: string): Promise<void> {
  const accounts = await linkAccounts(product, 50);
  const bare = await bareIngest(database);
  const ours = await ingest(product, accounts);
  sections.push(
    `**Ingest:** POST /v1/posts ${ours} per second; bare Express, zod and one INSERT ${bare} per second; ` +
      `ratio **${round(ours / bare, 2)}**. Bulk of 10,000 posts: **${await bulk(product, accounts)} s**.`,
  );
}

async function startRedis(folder: string) {
  const program = process.env.CLARION_TEST_REDIS_SERVER;
  if (!program) throw new Error("There is no redis-server");
  const port = await freePort();
  const settings = [
    "--port",
    port,
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
    "--save",
    "",
    "--appendonly",
    "yes",
  ];
  const more = ["--appendfsync", "everysec", "--maxmemory-policy", "noeviction", "--hz", 100];
  const child = spawn(program, [...settings, ...more].map(String), { stdio: "ignore" });
  const url = `redis://127.0.0.1:${port}`;
  await until("Redis answers", () =>
    fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      (e) => e.cause?.code !== "ECONNREFUSED",
    ),
  );
  return { url, pid: child.pid ?? 0, stop: () => void child.kill("SIGTERM") };
}

async function embeddedConnection(folder: string) {
  const pid = (await readFile(join(folder, "postgres", "cluster", "postmaster.pid"), "utf8")).split("\n");
  return { host: pid[4], port: Number(pid[3]), user: "clarion", database: "clarion" };
}

function page(): string {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), Node ${process.version}`;
  return [
    "# Benchmarks",
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run bench\`: ${machine}. Product, platform, database and queue share the machine. ` +
      "Compare ratios, not figures: they are taken beside each other in one run.",
    ...sections,
    "",
  ].join("\n\n");
}
