import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { percentile, round } from "./figures.ts";

const block = Buffer.alloc(8192, 1);
const blocks = 512;

/**
 * How long the disk under the database takes to keep 8 KB, in milliseconds. An intent is durable before its request
 * leaves: no lateness can be better than this.
 */
export async function diskSync(folder: string): Promise<{ p50Ms: number; p99Ms: number; maxMs: number }> {
  const path = join(folder, "disk-probe");
  const file = await open(path, "w");
  for (let n = 0; n < blocks; n++) await file.write(block);
  await file.sync();
  const took: number[] = [];
  for (let n = 0; n < blocks; n++) {
    const startedMs = performance.now();
    await file.write(block, 0, block.length, n * block.length);
    await file.datasync();
    took.push(performance.now() - startedMs);
    await delay(20);
  }
  await file.close();
  await rm(path);
  return {
    p50Ms: round(percentile(took, 0.5), 1),
    p99Ms: round(percentile(took, 0.99), 1),
    maxMs: round(Math.max(...took), 1),
  };
}
