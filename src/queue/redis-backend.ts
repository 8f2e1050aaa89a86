import { Queue, Worker } from "bullmq";
import type { RedisTarget } from "../../config/redis-url.ts";
import { type JobData, type QueueBackend, workerOptions } from "./bell.ts";
import { connectRedis, refuseEviction } from "./redis.ts";

/** @throws Error when Redis may evict jobs */
export async function redisBackend(target: RedisTarget): Promise<QueueBackend> {
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
