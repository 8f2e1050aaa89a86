import { earlierSince, forgetEarlierSecretKey } from "../../config/secret-key.ts";
import { rotateKey } from "../accounts/rotate-key.ts";
import { aloneInRotating } from "../db/rotation-lock.ts";
import type { World } from "../publishing/world.ts";

// Addresses of media that were signed with it are good for six hours, and begin within one.
const neededMs = 8 * 60 * 60_000;
const everyMs = 10 * 60_000;

/**
 * Removes the key that a rotation has replaced, once nothing lies under it and no address that it signed is good any
 * more: looked at now, and every ten minutes.
 */
export function retireEarlierKey(
  world: Pick<World, "db" | "vault" | "log">,
  dataDir: string,
): { stop(): void } {
  const look = () =>
    retire(world, dataDir).catch((error: unknown) =>
      world.log.warn({ problem: (error as Error).name }, "the earlier key could not be removed"),
    );
  void look();
  const timer = setInterval(() => void look(), everyMs).unref();
  return { stop: () => clearInterval(timer) };
}

/** @param now for tests @returns whether it was removed */
export async function retire(
  world: Pick<World, "db" | "vault" | "log">,
  dataDir: string,
  now = Date.now(),
): Promise<boolean> {
  const isOld = () => now - (earlierSince(dataDir)?.getTime() ?? now) > neededMs;
  if (!isOld()) return false;
  const removed = await aloneInRotating(world.db, async () => {
    const { rotated } = await rotateKey(world);
    if (rotated > 0 || !isOld()) return false; // somebody wrote late, or rotated: another time
    forgetEarlierSecretKey(dataDir);
    return true;
  });
  if (removed?.done) world.log.info("the earlier secret key was removed");
  return removed?.done === true;
}
