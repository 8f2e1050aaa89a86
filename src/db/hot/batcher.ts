export interface Batcher<In, Out> {
  add(item: In): Promise<Out>;
}

interface Waiting<In, Out> {
  readonly item: In;
  resolve(result: Out): void;
  reject(error: unknown): void;
}

/**
 * Gathers what arrives within a few milliseconds, or while the statement before is still running, into one statement:
 * a burst of deliveries then costs a commit per batch instead of one each. A lone item waits `maxWaitMs` at most.
 * @param run answers one result per item, in the same order; when it throws, every item of the batch fails with it
 */
export function createBatcher<In, Out>(
  options: { readonly maxSize: number; readonly maxWaitMs: number; readonly maxRunning: number },
  run: (items: readonly In[]) => Promise<readonly Out[]>,
): Batcher<In, Out> {
  const waiting: Waiting<In, Out>[] = [];
  let timer: NodeJS.Timeout | undefined;
  let running = 0;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    while (waiting.length > 0 && running < options.maxRunning)
      void runBatch(waiting.splice(0, options.maxSize));
  }

  async function runBatch(batch: readonly Waiting<In, Out>[]): Promise<void> {
    running++;
    try {
      const results = await run(batch.map((entry) => entry.item));
      for (const [index, entry] of batch.entries()) entry.resolve(results[index] as Out);
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    } finally {
      running--;
      flush();
    }
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (waiting.length >= options.maxSize) flush();
        else timer ??= setTimeout(flush, options.maxWaitMs);
      }),
  };
}
