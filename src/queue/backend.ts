import type { RedisTarget } from "../../config/redis-url.ts";
import type { Connection } from "../db/database.ts";
import { openQueuePool } from "../db/queue-pool.ts";
import type { QueueBackend } from "./bell.ts";
import { postgresBackend } from "./postgres-backend.ts";
import { redisBackend } from "./redis-backend.ts";

/** @param redis null: on PostgreSQL. @param workers how many will be opened. @throws Error when Redis may evict jobs */
export function openBackend(
  connection: Connection,
  redis: RedisTarget | null,
  workers: number,
  onError: (error: Error) => void,
): Promise<QueueBackend> {
  return redis ? redisBackend(redis) : postgresBackend(openQueuePool(connection, workers, onError));
}
