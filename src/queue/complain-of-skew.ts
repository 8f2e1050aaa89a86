import type { World } from "../publishing/world.ts";

const toleratedMs = 2000;

/** Moments are decided by the database's clock alone, but "now" is written by ours. */
export async function complainOfSkew({ db, log }: Pick<World, "db" | "log">): Promise<void> {
  const { rows } = await db.pool.query<{ ms: number }>(
    "select extract(epoch from clock_timestamp())::float8 * 1000 as ms",
  );
  const skewMs = Math.round(Date.now() - (rows[0]?.ms ?? Date.now()));
  if (Math.abs(skewMs) > toleratedMs)
    log.error({ skewMs }, "this machine's clock and the database's differ: set them by a time server");
}
