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
import { keepRunningPrepares, underWay } from "../publishing/running-prepares.ts";
import { type Loop, startLoop } from "./loop.ts";
import { openRoom } from "./room.ts";

const batch = 20;
const prepareBatch = 10; // uploads share the line
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
  let nextPreflight = performance.now() + preflightEveryMs / 4; // a start has enough to do
  let crowded = false; // more was waiting than there was room for
  const on = {
    free: () => crowded && loop.wake(),
    error: (error: Error) => log.error({ problem: error.name }, "a chore failed"),
  };
  const room = openRoom(platforms, batch, on);
  const uploads = openRoom(platforms, prepareBatch, on); // of their own: they may take hours

  async function round(): Promise<boolean> {
    await keepClaims(engine);
    await keepRunningPrepares(engine);
    room.start(await takeQuestions(db, room.free(), timings.lookLeaseMs, batch), (question) =>
      lookForDelivery(engine, question),
    );
    const overdue = await overdueOf(engine, room.free());
    onOverdue(overdue);
    room.start(overdue, ({ id }) => publishDelivery(engine, id));
    room.start(await takeLate(engine, room.free(), batch), (delivery) => publishClaimed(engine, delivery));
    const prepares = await takePrepares(db, uploads.free(), timings.prepareLeaseMs, prepareBatch);
    uploads.start(prepares, (delivery) => prepareDelivery(engine, delivery));
    if (performance.now() > nextPreflight) {
      nextPreflight = performance.now() + preflightEveryMs;
      const options = { platforms: room.free(), ...preflightTimes, limit: batch };
      room.start(await takePreflights(db, options), (account) => preflight(engine.world, account));
    }
    crowded = [room, uploads].some(({ free }) => free().length < platforms.length);
    return prepares.length === prepareBatch;
  }

  const loop = startLoop(round, timings.sweepMs, (error) =>
    log.error({ problem: error.message }, "a round failed"),
  );
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      await Promise.all([room.empty(), uploads.empty()]);
    },
  };
}

function overdueOf(engine: Engine, platforms: readonly Platform[]) {
  const { overdueMs, lateAfterMs } = engine.timings;
  return findOverdue(engine.world.db, platforms, overdueMs, lateAfterMs, batch, underWay(engine));
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
    except: underWay(engine),
  });
}
