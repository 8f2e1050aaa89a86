import pg from "pg";
import { type Connection, clientConfig } from "./database.ts";

// Kept long, for a new connection first has to compile BullMQ's functions; and few, for more only quarrel over the cores.
const working = 12;
const idleTimeoutMillis = 10 * 60_000;

/**
 * The pool BullMQ works on when there is no Redis. Of its own, because its statements need another search path and
 * PostgreSQL's own number parsing; and because its commits need not wait for the disk: what a crash takes from the queue
 * the diary rings for again.
 * @param listening how many of BullMQ's workers will keep a connection of it to listen on
 */
export function openQueuePool(
  connection: Connection,
  listening: number,
  onError: (error: Error) => void,
): pg.Pool {
  const { types: _ours, ...config } = clientConfig(connection);
  const options = "-c search_path=bullmq,public -c synchronous_commit=off";
  const pool = new pg.Pool({ ...config, max: working + listening, idleTimeoutMillis, options });
  pool.on("error", onError);
  return pool;
}
