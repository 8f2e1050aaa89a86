import type { Database } from "./database.ts";

const lockKey = 0x636c7205; // 1 to 4: migrations, the leader, sessions, founding

/**
 * Does `work` while nobody else rotates keys on this database. The lock ends with the connection: a rotation that is
 * killed keeps nobody out.
 * @returns undefined where somebody else is at it
 */
export async function aloneInRotating<T>(
  db: Database,
  work: () => Promise<T>,
): Promise<{ readonly done: T } | undefined> {
  const client = await db.pool.connect();
  client.on("error", () => undefined); // the work will notice
  try {
    const { rows } = await client.query<{ alone: boolean }>("select pg_try_advisory_lock($1) as alone", [
      lockKey,
    ]);
    if (rows[0]?.alone !== true) return undefined;
    return { done: await work() };
  } finally {
    client.release(true);
  }
}
