/** What is under way of one kind, counted by platform: one that hangs must not keep the others waiting. */
export interface Room<P extends string> {
  /** Platforms that a whole batch may still be begun for. */
  free(): readonly P[];
  start<T extends { readonly platform: P }>(items: readonly T[], task: (item: T) => Promise<void>): void;
  /** Everything that is under way has ended. */
  empty(): Promise<void>;
}

/**
 * Room for two batches of every platform.
 * @param onFree there is room again for a platform that had none
 */
export function openRoom<P extends string>(
  platforms: readonly P[],
  batch: number,
  on: { free(): void; error(error: Error): void },
): Room<P> {
  const busy = new Map<Promise<void>, P>();
  const countOf = (platform: P) => [...busy.values()].filter((one) => one === platform).length;
  return {
    free: () => platforms.filter((platform) => countOf(platform) <= batch),
    start(items, task) {
      for (const item of items) {
        const { platform } = item;
        const started = task(item)
          .catch(on.error)
          .finally(() => {
            const wasFull = countOf(platform) === batch + 1;
            busy.delete(started);
            if (wasFull) on.free();
          });
        busy.set(started, platform);
      }
    },
    async empty() {
      await Promise.all(busy.keys());
    },
  };
}
