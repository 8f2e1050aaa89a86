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
  // Twice: a worker that has gone silent is replaced before it has let go.
  const pool = new pg.Pool({ ...config, max: working + 2 * listening, idleTimeoutMillis, options });
  pool.setMaxListeners(0); // every queue and worker adds one
  // BullMQ does not listen on a connection it has taken for a transaction: one that breaks would end the process.
  pool.on("connect", (client) => client.on("error", onError));
  return pool.on("error", onError);
}
