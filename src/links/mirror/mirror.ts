import type { Engine } from "../../publishing/engine.ts";

/** What mirroring is given. */
export type Mirror = Pick<Engine, "world" | "timings" | "step">;

/** So many at once that nobody posted them one by one: an import, an account that came back. */
export const suddenlyMany = 50;
/** Of those whose age nobody knows: a site that was moved shows its old articles under new names. */
export const suddenlyManyUndated = 10;

const otherClocksMs = 2000;

/**
 * Platforms have clocks of their own, and many know seconds only: what was posted right after a link was made is not to
 * seem older than it. No more than that, for what was posted before, or while it was paused, stays where it is.
 */
export function before(moment: Date): Date {
  return new Date(moment.getTime() - otherClocksMs);
}
