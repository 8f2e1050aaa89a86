import { platforms } from "../domain/platform.ts";
import type { PracticePlatform } from "./kit.ts";

/** Every pretend platform, in the order the timelines stand. */
export const practicePlatforms: readonly PracticePlatform[] = await findPractices();

async function findPractices(): Promise<PracticePlatform[]> {
  const found: PracticePlatform[] = [];
  for (const platform of platforms) {
    const folder = (await import(`../adapters/${platform}/practice.ts`)) as { practice: PracticePlatform };
    found.push(folder.practice);
  }
  return found;
}
