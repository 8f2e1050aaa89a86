import {
  createPostgresBackend,
  type JobsOptions,
  type JobType,
  type PostgresConnectionOptions,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
  withBackend,
} from "bullmq";
import type { RedisTarget } from "../../config/redis-url.ts";
import type { Connection, Database } from "../db/database.ts";
import { openQueuePool } from "../db/queue-pool.ts";
import { connectRedis, refuseEviction } from "./redis.ts";

/** All a job carries: everything else is read from the diary when it rings. */
export interface JobData {
  readonly deliveryId: string;
}

/** As much of a BullMQ queue as ringing needs; the same on both backends. */
export interface Bell {
  addBulk(jobs: { name: string; data: JobData; opts: JobsOptions }[]): Promise<unknown>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  on(event: "error", listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

export interface BellWorker {
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "failed", listener: (job: unknown, error: Error) => void): unknown;
  /** Resolves when it hears bells. @throws Error where it never will: another is to be opened */
  begin(): Promise<void>;
  close(force?: boolean): Promise<void>;
}

export type OnBell = (deliveryId: string) => Promise<void>;

/** BullMQ, on Redis or on PostgreSQL. */
export interface QueueBackend {
  readonly kind: "redis" | "postgres";
  openQueue(name: string): Bell;
  openWorker(name: string, onBell: OnBell, concurrency: number): BellWorker;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

// The retry policy lives in the diary: a job is tried once, and one that stalls may be handed out again freely.
const workerOptions = {
  lockDuration: 15_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 }, // a failed job that is kept would block its own bell from being rung again
} satisfies Omit<WorkerOptions, "connection">;

/** @param redis null: on PostgreSQL. @param workers how many will be opened. @throws Error when Redis may evict jobs */
export function openBackend(
  connection: Connection,
  redis: RedisTarget | null,
  workers: number,
  onError: (error: Error) => void,
): Promise<QueueBackend> {
  return redis ? redisBackend(redis) : postgresBackend(openQueuePool(connection, workers, onError));
}

async function redisBackend(target: RedisTarget): Promise<QueueBackend> {
  const producer = connectRedis(target, "fail-fast");
  const consumer = connectRedis(target, "patient");
  await refuseEviction(consumer);
  const prefix = "{clarion}"; // braces: one slot of a cluster
  return {
    kind: "redis",
    openQueue: (name) =>
      new Queue<JobData>(name, { connection: producer, prefix, skipWaitingForReady: true }),
    openWorker: (name, onBell, concurrency) => {
      const worker = new Worker<JobData>(name, (job) => onBell(job.data.deliveryId), {
        ...workerOptions,
        connection: consumer,
        prefix,
        concurrency,
      });
      return Object.assign(worker, { begin: async () => undefined });
    },
    ping: async () => (await producer.ping()) === "PONG",
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

async function postgresBackend(pool: Database["pool"]): Promise<QueueBackend> {
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
