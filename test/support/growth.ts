import { expect } from "@jest/globals";

/**
 * Expects work to grow with its size alone: four times as much takes some four times the processor's time, where it
 * would take sixteen if it grew with the square. Seen on the way up, so that what grows faster is told before it hangs;
 * in the processor's time of this process, so that a busy machine changes nothing; and again where something else of
 * ours (a collection of garbage) came between.
 */
export async function expectLinear(work: (size: number) => unknown, size: number): Promise<void> {
  for (const part of [64, 16, 4]) {
    const [small, large] = [Math.floor(size / part), Math.floor((size * 4) / part)];
    let least = Number.POSITIVE_INFINITY;
    for (let looks = 0; looks < 3 && least >= tooMuch; looks++) {
      const smallMs = Math.max(await costMs(work, small), measurableMs);
      least = Math.min(least, (await costMs(work, large)) / smallMs);
    }
    expect(least).toBeLessThan(tooMuch);
  }
}

const tooMuch = 10;
/** Below it, what else a process does weighs more than the work. */
const measurableMs = 10;

async function costMs(work: (size: number) => unknown, size: number): Promise<number> {
  const before = process.cpuUsage();
  await work(size);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
