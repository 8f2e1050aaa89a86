import { bytesBeforePost } from "../adapters/contract/bytes-with-post.ts";
import {
  giveBackPrepare,
  isStillWanted,
  keepPrepares,
  type PrepareLease,
  type TakenPrepare,
} from "../db/hot/prepare.ts";
import { prepareTimeoutFor, uploadTimeFor } from "../domain/send-time.ts";
import type { Engine, RunningPrepare } from "./engine.ts";
import { FenceLost } from "./fence-lost.ts";

/**
 * Notes that a prepare begins, and does it. One that is under way here already goes on under the new lease: its account
 * was stopped for a while. One of content that has changed since is broken off.
 * @param work is told to end when its time is over, when nobody wants it any more, or when the process stops
 */
export async function runPrepare(
  engine: Engine,
  taken: TakenPrepare,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const earlier = engine.preparing.get(taken.id);
  if (earlier && isSame(earlier.delivery, taken)) return takeOver(earlier, taken);
  earlier?.breakOff();
  const stop = new AbortController();
  const { running, timeoutMs } = begin(engine, taken, stop);
  engine.preparing.set(taken.id, running);
  try {
    await work(AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)]));
  } finally {
    forget(engine, running);
    // Who took it over while its last step was being saved has left it to us.
    const isOpen = stop.signal.aborted || running.leasedUntil !== taken.leasedUntil;
    if (isOpen) await giveBackPrepare(engine.world.db, leaseOf(running));
  }
}

/** Deliveries whose files this process uploads, within the time they may take: nobody begins with them again. */
export function underWay(engine: Engine): string[] {
  const now = performance.now();
  return [...engine.preparing].filter(([, { patienceUntilMs }]) => now < patienceUntilMs).map(([id]) => id);
}

/** The same of one whose bell rings. What it uploads may have been changed, or told to go out at once: that is broken off. */
export async function isUnderWay(engine: Engine, id: string): Promise<boolean> {
  const running = engine.preparing.get(id);
  if (!running || performance.now() >= running.patienceUntilMs) return false;
  if (await isStillWanted(engine.world.db, leaseOf(running))) return true;
  running.breakOff();
  return false;
}

/** Prepares that go on for long keep their leases; those that have lost them are broken off. */
export async function keepRunningPrepares(engine: Engine): Promise<void> {
  const { prepareLeaseMs } = engine.timings;
  const now = performance.now();
  const old = [...engine.preparing.values()].filter(({ leasedMs }) => leasedMs < now - prepareLeaseMs / 3);
  if (old.length === 0) return;
  const kept = await keepPrepares(engine.world.db, old.map(leaseOf), prepareLeaseMs);
  for (const running of old) {
    const leasedUntil = kept.get(running.delivery.id);
    if (leasedUntil === undefined) running.breakOff();
    else Object.assign(running, { leasedUntil, leasedMs: now });
  }
}

function begin(engine: Engine, taken: TakenPrepare, stop: AbortController) {
  const { timings, world } = engine;
  const { capabilities, preparesInSteps } = world.adapters[taken.platform];
  const bytes = preparesInSteps ? 0 : bytesBeforePost(capabilities.media, taken.variant.media);
  const now = performance.now();
  const running: RunningPrepare = {
    delivery: taken,
    leasedUntil: taken.leasedUntil,
    leasedMs: now,
    patienceUntilMs: now + uploadTimeFor(timings, bytes),
    breakOff() {
      forget(engine, running);
      stop.abort(new FenceLost("It is for another to go on with"));
    },
  };
  return { running, timeoutMs: prepareTimeoutFor(timings, bytes) };
}

function forget(engine: Engine, running: RunningPrepare): void {
  const { id } = running.delivery;
  if (engine.preparing.get(id) === running) engine.preparing.delete(id);
}

function isSame(a: RunningPrepare["delivery"], b: TakenPrepare): boolean {
  return a.fence === b.fence && a.payloadHash === b.payloadHash;
}

function takeOver(running: RunningPrepare, { leasedUntil }: TakenPrepare): void {
  Object.assign(running, { leasedUntil, leasedMs: performance.now() });
}

function leaseOf({ delivery: { id, payloadHash, fence }, leasedUntil }: RunningPrepare): PrepareLease {
  return { id, payloadHash, fence, leasedUntil };
}
