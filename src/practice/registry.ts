import { adapters } from "../adapters/registry.ts";
import type { PracticePlatform } from "./kit.ts";

/** Every pretend platform, in the order the timelines stand: each adapter's folder has one. */
export const practicePlatforms: readonly PracticePlatform[] = await findPractices();

async function findPractices(): Promise<PracticePlatform[]> {
  const found: PracticePlatform[] = [];
  for (const { platform } of Object.values(adapters)) {
    const folder = (await import(`../adapters/${platform}/practice.ts`)) as { practice: PracticePlatform };
    found.push(folder.practice);
  }
  return found;
}
