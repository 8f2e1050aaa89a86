import { describe, expect, it } from "@jest/globals";
import { createBatcher } from "./batcher.ts";

const options = { maxSize: 10, maxWaitMs: 2, maxRunning: 1 };

/** Batches that end when the test says so. */
function gated() {
  const batches: { items: readonly number[]; end(error?: Error): void }[] = [];
  const batcher = createBatcher<number, number>(
    options,
    (items) =>
      new Promise((resolve, reject) => {
        batches.push({ items, end: (error) => (error ? reject(error) : resolve(items.map((n) => n * 2))) });
      }),
  );
  const began = async (count: number) => {
    while (batches.length < count) await new Promise((resolve) => setImmediate(resolve));
    return batches[count - 1]!;
  };
  return { batcher, batches, began };
}

describe("a batch", () => {
  it("answers each item with its own result", async () => {
    const { batcher, began } = gated();
    const answers = Promise.all([1, 2, 3].map((n) => batcher.add(n)));
    (await began(1)).end();
    expect(await answers).toEqual([2, 4, 6]);
  });
  it("takes what came while the one before was under way, up to its size", async () => {
    const { batcher, batches, began } = gated();
    const first = batcher.add(0);
    const one = await began(1);
    const rest = Promise.all(Array.from({ length: 12 }, (_, n) => batcher.add(n)));
    one.end();
    (await began(2)).end();
    (await began(3)).end();
    await Promise.all([first, rest]);
    expect(batches.map((batch) => batch.items.length)).toEqual([1, 10, 2]);
  });
  it("fails its own items only", async () => {
    const { batcher, began } = gated();
    const failing = batcher.add(1);
    (await began(1)).end(new Error("gone"));
    await expect(failing).rejects.toThrow("gone");
    const next = batcher.add(4);
    (await began(2)).end();
    expect(await next).toBe(8);
  });
});
