import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";

/** The diary. `orm` for ordinary queries, `pool` for the prepared statements of the hot path. */
export interface Database {
  readonly pool: pg.Pool;
  readonly orm: NodePgDatabase;
  close(): Promise<void>;
}

export type Connection = string | Pick<pg.ClientConfig, "host" | "port" | "user" | "password" | "database">;

const int8 = 20;

/** Opens a pool; no connection is made before the first query. `onError` hears of connections lost while idle. */
export function openDatabase(connection: Connection, max: number, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({ ...clientConfig(connection), max, idleTimeoutMillis: 60_000 });
  pool.on("error", onError);
  return { pool, orm: drizzle(pool), close: () => pool.end() };
}

/**
 * How every connection of ours is made: bigint as number (ids and fences stay far below 2^53), TCP keepalive, and to
 * the embedded database's socket without TLS, whatever PGSSLMODE says.
 */
export function clientConfig(connection: Connection): pg.ClientConfig {
  const target =
    typeof connection === "string" ? { connectionString: connection } : { ...connection, ssl: false };
  return {
    ...target,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: "clarion",
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format as "text"),
    },
  };
}
