import type { Platform } from "../domain/platform.ts";
import type { World } from "./world.ts";

/** Platforms on which something is uploaded or built before the moment. */
export function preparingPlatforms({ adapters }: Pick<World, "adapters">): Platform[] {
  return Object.values(adapters).flatMap(({ platform, prepare }) => (prepare ? [platform] : []));
}
