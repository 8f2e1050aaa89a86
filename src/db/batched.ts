import type { Database } from "./database.ts";
import { isTransaction } from "./transaction.ts";

const maxRunning = 2;
const maxSize = 100;

interface Waiting<In, Out> {
  readonly item: In;
  resolve(result: Out): void;
  reject(error: unknown): void;
}

/**
 * A query for one that is also one query for many: what is asked while two are under way goes into the next, together.
 * A lone request never waits, and a burst costs a statement per batch. Inside a transaction nothing is shared.
 * @param run answers one result per item, in the same order; items of one scope only are put together
 * @returns `(db, scope, item)`: the scope is a workspace's id, or a constant
 */
export function batched<In, Out>(
  run: (db: Database, scope: string, items: readonly In[]) => Promise<readonly Out[]>,
): (db: Database, scope: string, item: In) => Promise<Out> {
  const queues = new WeakMap<Database, Map<string, (item: In) => Promise<Out>>>();
  return async (db, scope, item) => {
    if (isTransaction(db)) return (await run(db, scope, [item]))[0] as Out;
    const scopes = queues.get(db) ?? new Map<string, (item: In) => Promise<Out>>();
    queues.set(db, scopes);
    const add = scopes.get(scope) ?? openQueue((items: readonly In[]) => run(db, scope, items));
    scopes.set(scope, add);
    return add(item);
  };
}

function openQueue<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let running = 0;

  function next(): void {
    if (waiting.length > 0 && running < maxRunning) void runBatch(waiting.splice(0, maxSize));
  }

  async function runBatch(batch: readonly Waiting<In, Out>[]): Promise<void> {
    running++;
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Out);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      running--;
      next();
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      next();
    });
}
