import pg from "pg";
import { type Connection, clientConfig } from "./database.ts";

// Each queue and each worker keeps one to listen on. Kept long, for a new one first has to compile BullMQ's functions.
const maxConnections = 16;
const idleTimeoutMillis = 10 * 60_000;

/**
 * The pool BullMQ works on when there is no Redis. Of its own, because its statements need another search path and
 * PostgreSQL's own number parsing; and because its commits need not wait for the disk: what a crash takes from the queue
 * the diary rings for again.
 */
export function openQueuePool(connection: Connection, onError: (error: Error) => void): pg.Pool {
  const { types: _ours, ...config } = clientConfig(connection);
  const options = "-c search_path=bullmq,public -c synchronous_commit=off";
  const pool = new pg.Pool({ ...config, max: maxConnections, idleTimeoutMillis, options });
  pool.on("error", onError);
  return pool;
}
