import { longestAheadMs } from "../adapters/contract/prepare-ahead.ts";
import type { Platform } from "../domain/platform.ts";
import type { World } from "./world.ts";

/** Platforms on which something is uploaded or built before the moment. */
export function preparingPlatforms({ adapters }: Pick<World, "adapters">): Platform[] {
  return Object.values(adapters).flatMap(({ platform, prepare }) => (prepare ? [platform] : []));
}

/** Per platform on which something is made before the moment: how early at most. Unit: milliseconds. */
export function longestAheads({ adapters }: Pick<World, "adapters">): Partial<Record<Platform, number>> {
  const aheads: Partial<Record<Platform, number>> = {};
  for (const adapter of Object.values(adapters)) {
    const aheadMs = longestAheadMs(adapter);
    if (aheadMs !== null) aheads[adapter.platform] = aheadMs;
  }
  return aheads;
}
