import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";

/** The diary. `orm` and `pool` for what people ask; `hot` for the engine, so that neither waits for the other's connections. */
export interface Database {
  readonly hot: pg.Pool;
  readonly pool: pg.Pool;
  readonly orm: NodePgDatabase;
  close(): Promise<void>;
}

export type Connection = string | Pick<pg.ClientConfig, "host" | "port" | "user" | "password" | "database">;

const int8 = 20;

// Every statement of the engine starts from ids or from an index range, and only nested loops over indexes are ever
// right for it. The planner knows nothing of rows that came a second ago and would rather read whole tables.
const plainPlans = `; set plan_cache_mode = force_generic_plan; set jit = off; set enable_seqscan = off;
  set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off`;

// What was accepted and what was intended is on the disk, whatever the operator's server is set to.
const durable = `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`;

/**
 * Opens the pools, of at most `max` connections each; none is made before the first query.
 * `onError` hears of connections lost while idle.
 */
export function openDatabase(connection: Connection, max: number, onError: (error: Error) => void): Database {
  const options = { ...clientConfig(connection), max, idleTimeoutMillis: 60_000 };
  const begin = (settings: string) => (client: pg.PoolClient, done: (error?: Error) => void) =>
    void client.query(settings).then(() => done(), done);
  const pool = new pg.Pool({ ...options, verify: begin(durable) }).on("error", onError);
  const hot = new pg.Pool({ ...options, verify: begin(durable + plainPlans) }).on("error", onError);
  return {
    hot,
    pool,
    orm: drizzle(pool),
    close: async () => void (await Promise.all([hot.end(), pool.end()])),
  };
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
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    application_name: "clarion",
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === int8 ? Number : pg.types.getTypeParser(oid, format as "text"),
    },
  };
}
