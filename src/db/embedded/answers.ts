import { realpath } from "node:fs/promises";
import pg from "pg";
import { superuser } from "./initialise-cluster.ts";

/** True when a PostgreSQL answers on this socket and serves this very cluster. */
export async function answers(socketDir: string, port: number, cluster: string): Promise<boolean> {
  const client = new pg.Client({
    host: socketDir,
    port,
    user: superuser,
    database: "postgres",
    ssl: false,
    connectionTimeoutMillis: 2_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return (await realpath(rows[0]?.data_directory ?? "")) === cluster;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
