import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { adoptPostgres } from "./adopt-postgres.ts";
import { role } from "./initialise-cluster.ts";
import type { PostgresConnection } from "./start-embedded-postgres.ts";

/** The PostgreSQL of the server that works on this data folder just now; undefined where none answers. */
export async function joinEmbeddedPostgres(dataDir: string): Promise<PostgresConnection | undefined> {
  const place = await realpath(join(dataDir, "postgres")).catch(() => undefined);
  const running = place === undefined ? undefined : await adoptPostgres(join(place, "cluster"));
  return running && { host: running.socketDir, port: running.port, user: role, database: role };
}
