import pg from "pg";
import { type Connection, clientConfig } from "./database.ts";

/**
 * The pool BullMQ works on when there is no Redis. Of its own, because its statements need another search path and
 * PostgreSQL's own number parsing. Each queue and each worker keeps one connection to listen on.
 */
export function openQueuePool(connection: Connection, onError: (error: Error) => void): pg.Pool {
  const { types: _ours, ...config } = clientConfig(connection);
  const pool = new pg.Pool({ ...config, max: 40, options: "-c search_path=bullmq,public" });
  pool.on("error", onError);
  return pool;
}
