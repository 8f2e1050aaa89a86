import { createPostgresBackend, type PostgresConnectionOptions, runMigrations, withBackend } from "bullmq";
import type { Database } from "../db/database.ts";
import { type Bell, type JobData, type QueueBackend, workerOptions } from "./bell.ts";

/** @param pool ended with it */
export async function postgresBackend(pool: Database["pool"]): Promise<QueueBackend> {
  const onPostgres = withBackend(createPostgresBackend);
  const connection = pool as unknown as PostgresConnectionOptions; // its types do not know our compiler's strictness
  const ping = async () => (await pool.query("select 1")).rowCount === 1;
  const client = await pool.connect();
  try {
    await runMigrations(client, "bullmq");
  } finally {
    client.release();
  }
  return {
    kind: "postgres",
    openQueue: (name) => steadyBell(() => new onPostgres.Queue<JobData>(name, { connection }), ping),
    openWorker: (name, onBell, concurrency) => {
      const worker = new onPostgres.Worker<JobData>(name, (job) => onBell(job.data.deliveryId), {
        ...workerOptions,
        connection,
        concurrency,
        autorun: false,
      });
      return Object.assign(worker, { begin: () => begin(worker) });
    },
    ping,
    close: () => pool.end(),
  };
}

// On PostgreSQL BullMQ looks at its schema once, and what came of that stays, a refused connection too: such a worker asks
// again and again without ever letting the process do anything else, and such a queue takes nothing any more.

interface Ready {
  waitUntilReady(): Promise<unknown>;
}

interface Runs extends Ready {
  run(): Promise<void>;
  emit(event: "error", error: Error): boolean;
}

async function begin(worker: Runs): Promise<void> {
  await worker.waitUntilReady();
  worker.run().catch((error: Error) => worker.emit("error", error));
}

/** A queue that could not look at its schema is replaced by another as soon as the database answers. */
function steadyBell(open: () => Bell & Ready, ping: () => Promise<unknown>): Bell {
  const listeners: ((error: Error) => void)[] = [];
  let queue = open();
  let [isDeaf, isClosed] = [false, false];
  async function ready(): Promise<Bell> {
    if (isDeaf) await ping().then(replace);
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (error) {
      isDeaf = true;
      throw error;
    }
  }
  function replace(): void {
    if (!isDeaf || isClosed) return; // another call was quicker
    queue.close().catch(() => undefined);
    queue = open();
    for (const listener of listeners) queue.on("error", listener);
    isDeaf = false;
  }
  return {
    addBulk: async (jobs) => (await ready()).addBulk(jobs),
    getJobCounts: async (...types) => (await ready()).getJobCounts(...types),
    on(_event, listener) {
      listeners.push(listener);
      return queue.on("error", listener);
    },
    close() {
      isClosed = true;
      return queue.close();
    },
  };
}
