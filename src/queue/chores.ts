import { claimLate } from "../db/hot/claim-late.ts";
import { extendClaims } from "../db/hot/extend-claims.ts";
import { takeQuestions } from "../db/hot/look.ts";
import { findOverdue } from "../db/hot/overdue.ts";
import { takePrepares } from "../db/hot/prepare.ts";
import { takePreflights } from "../db/preflight.ts";
import type { Platform } from "../domain/platform.ts";
import type { Engine } from "../publishing/engine.ts";
import { lookForDelivery } from "../publishing/look-for-delivery.ts";
import { endsSoonMs, preflight } from "../publishing/preflight.ts";
import { prepareDelivery } from "../publishing/prepare-delivery.ts";
import { publishClaimed, publishDelivery } from "../publishing/publish-delivery.ts";
import { type Loop, startLoop } from "./loop.ts";

const batch = 20;
// Of one platform: one that hangs must not keep the others waiting.
const atOnce = 2 * batch;
const prepareLeaseMs = 10 * 60_000;
const preflightEveryMs = 60_000;
// Whoever posts within the hour has a login that worked within the hour.
const preflightTimes = { aheadMs: 3_600_000, everyMs: 3_600_000, endsMs: endsSoonMs };

/**
 * What a worker does straight from the diary, bell or no bell: prepare what falls due soon, look for what is
 * uncertain, and publish what is overdue because the queue was lost, down or silent.
 * @param onOverdue told what is due and unsent though a bell should have rung
 */
export function startChores(
  engine: Engine,
  platforms: readonly Platform[],
  onOverdue: (overdue: readonly { readonly platform: Platform }[]) => void,
): Loop {
  const { timings, log } = engine;
  const { db } = engine.world;
  const busy = new Map<Promise<void>, Platform>();
  let nextPreflight = performance.now() + preflightEveryMs / 4; // a start has enough to do
  let crowded = false; // more was waiting than there was room for

  const free = () => platforms.filter((platform) => busyWith(platform) <= atOnce - batch);
  const busyWith = (platform: Platform) => [...busy.values()].filter((one) => one === platform).length;

  function start<T extends { readonly platform: Platform }>(
    items: readonly T[],
    chore: (item: T) => Promise<void>,
  ): void {
    for (const item of items) {
      const task = chore(item)
        .catch((error: unknown) => log.error({ problem: (error as Error).name }, "a chore failed"))
        .finally(() => {
          busy.delete(task);
          if (crowded && busyWith(item.platform) === atOnce - batch) loop.wake();
        });
      busy.set(task, item.platform);
    }
  }

  async function round(): Promise<boolean> {
    await keepClaims(engine);
    start(await takeQuestions(db, free(), timings.lookLeaseMs, batch), (question) =>
      lookForDelivery(engine, question),
    );
    const overdue = await findOverdue(db, free(), timings.overdueMs, timings.lateAfterMs, batch);
    onOverdue(overdue);
    start(overdue, ({ id }) => publishDelivery(engine, id));
    start(await takeLate(engine, free(), batch), (delivery) => publishClaimed(engine, delivery));
    start(await takePrepares(db, free(), prepareLeaseMs, batch), (delivery) =>
      prepareDelivery(engine, delivery),
    );
    if (performance.now() > nextPreflight) {
      nextPreflight = performance.now() + preflightEveryMs;
      start(await takePreflights(db, { platforms: free(), ...preflightTimes, limit: batch }), (account) =>
        preflight(engine.world, account),
      );
    }
    crowded = free().length < platforms.length;
    return false;
  }

  const loop = startLoop(round, timings.sweepMs, (error) =>
    log.error({ problem: error.message }, "a round failed"),
  );
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      await Promise.all(busy.keys());
    },
  };
}

/** An attempt that still uploads when part of its lease is gone is alive: the lease starts anew. Most never live that long. */
async function keepClaims(engine: Engine): Promise<void> {
  const { claimLeaseMs } = engine.timings;
  const oldEnough = performance.now() - claimLeaseMs / 3;
  const claims = [...engine.running].filter(({ sinceMs }) => sinceMs < oldEnough);
  if (claims.length > 0) await extendClaims(engine.world.db, claims, claimLeaseMs);
}

function takeLate(engine: Engine, platforms: readonly Platform[], limit: number) {
  const { lateAfterMs, lateSpacingMs, lateBurst, overdueMs, claimLeaseMs } = engine.timings;
  return claimLate(engine.world.db, {
    platforms,
    lateAfterMs,
    spacingMs: lateSpacingMs,
    reringMs: overdueMs,
    burst: lateBurst,
    owner: engine.owner(),
    leaseMs: claimLeaseMs,
    limit,
  });
}
