import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import type { Database } from "./database.ts";
import { isDeadlock } from "./errors.ts";

const openTransactions = new WeakSet<Database>();

/**
 * Runs `work` in one transaction: all of it is kept, or nothing. Inside another transaction it becomes a part of
 * that one. `work` must use the database it is given; `pool.connect()` is not available there. After a deadlock nothing
 * of it is left, and it runs once more: what it does beside the database must bear that.
 * @param mostTries 1: it does not
 */
export async function transaction<T>(
  db: Database,
  work: (tx: Database) => Promise<T>,
  mostTries = 3,
): Promise<T> {
  if (isTransaction(db)) return inside(db, db.pool, work);
  for (let left = mostTries - 1; ; left--)
    try {
      return await once(db, work);
    } catch (error) {
      if (left === 0 || !isDeadlock(error)) throw error;
    }
}

async function once<T>(db: Database, work: (tx: Database) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  let lost: Error | undefined;
  // While it is ours the pool does not listen, and a connection that breaks would end the process.
  const onError = (error: Error) => {
    lost = error;
  };
  client.on("error", onError);
  try {
    // A client answers `query` exactly as its pool does, and that is all that query files ask for.
    return await inside({ ...db, orm: drizzle(client) }, client as unknown as pg.Pool, work);
  } finally {
    client.off("error", onError);
    client.release(lost);
  }
}

export function isTransaction(db: Database): boolean {
  return openTransactions.has(db);
}

function inside<T>(db: Database, pool: pg.Pool, work: (tx: Database) => Promise<T>): Promise<T> {
  return db.orm.transaction(async (orm) => {
    const tx: Database = {
      hot: pool,
      pool,
      orm: orm as unknown as Database["orm"],
      close: async () => undefined,
    };
    openTransactions.add(tx);
    return work(tx);
  });
}
