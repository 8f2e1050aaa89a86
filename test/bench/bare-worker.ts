import { createPostgresBackend, Queue, runMigrations, Worker, withBackend } from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import { Agent, request } from "undici";

// What the engine is measured against: a BullMQ worker that only makes the HTTP call, with the same client, connections
// and concurrency. argv: where (redis URL or JSON of a PostgreSQL connection), the platform's port, how many, the moment.
const [where = "", port = "", count = "0", dueMs = "0"] = process.argv.slice(2);
const dispatcher = new Agent({ connections: null });
const isRedis = where.startsWith("redis:");
const url = `http://127.0.0.1:${port}/2/tweets`;

async function call(job: { data: { n: number } }): Promise<void> {
  const body = JSON.stringify({ text: `Bare ${job.data.n}` });
  const headers = { "content-type": "application/json", authorization: "Bearer bare" };
  const answer = await request(url, { method: "POST", headers, body, dispatcher });
  await answer.body.json();
}

const settings = { lockDuration: 15_000, stalledInterval: 5000, removeOnComplete: { count: 0 } };
const { queue, worker } = isRedis ? onRedis() : await onPostgres();
worker.on("error", () => undefined);

const jobs = Array.from({ length: Number(count) }, (_, n) => ({
  name: "call",
  data: { n },
  opts: { delay: Math.max(0, Number(dueMs) - Date.now()), removeOnComplete: true },
}));
for (let at = 0; at < jobs.length; at += 5000) await queue.addBulk(jobs.slice(at, at + 5000));
process.stdout.write("ready\n");
process.stdin.resume().once("end", () => process.exit(0));

function onRedis() {
  const connection = new Redis(where, { maxRetriesPerRequest: null });
  return {
    queue: new Queue("bare", { connection }),
    worker: new Worker("bare", call, { ...settings, connection, concurrency: 600 }),
  };
}

async function onPostgres() {
  const pool = new pg.Pool({ ...JSON.parse(where), max: 20, options: "-c search_path=bullmq,public" });
  const client = await pool.connect();
  await runMigrations(client, "bullmq");
  client.release();
  const bound = withBackend(createPostgresBackend);
  const connection = pool as unknown as string;
  return {
    queue: new bound.Queue("bare", { connection }),
    worker: new bound.Worker("bare", call, { ...settings, connection, concurrency: 100 }),
  };
}
