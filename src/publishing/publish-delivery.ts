import type { Pending, Published } from "../adapters/contract/adapter.ts";
import { bytesWithPost } from "../adapters/contract/bytes-with-post.ts";
import { type ClaimedDelivery, msUntilDue } from "../db/hot/claim.ts";
import { release } from "../db/hot/release.ts";
import { transferMs } from "../domain/send-time.ts";
import { accountCall } from "./account-call.ts";
import type { Engine } from "./engine.ts";
import { type Fence, openFence } from "./fence.ts";
import { FenceLost } from "./fence-lost.ts";
import { fittedVariant } from "./fitted-variant.ts";
import { type NotReady, readyPrepared } from "./ready-prepared.ts";
import { recordOutcome } from "./record-outcome.ts";
import { isUnderWay } from "./running-prepares.ts";
import { watchBudget } from "./watch-budget.ts";

const earlyBellMs = 2000;
const lockedMs = 25;

/**
 * One bell, at most one attempt. Never throws for a platform's reasons: the diary holds the retries. What is still
 * uploaded here, and may be, is left to whoever uploads it: a second upload beside it would only slow down both.
 */
export async function publishDelivery(engine: Engine, id: string): Promise<void> {
  if (await isUnderWay(engine, id)) return;
  const delivery = (await engine.claims.add(id)) ?? (await claimOnTheDot(engine, id));
  if (delivery) await publishClaimed(engine, delivery);
}

export async function publishClaimed(engine: Engine, delivery: ClaimedDelivery): Promise<void> {
  if (engine.stopping.signal.aborted) return release(engine.world.db, delivery);
  engine.step("claimed", delivery.id);
  const { id, fence: number } = delivery;
  engine.preparing.get(id)?.breakOff(); // under an older fence nothing it makes is taken any more
  const fence = openFence(engine, delivery);
  const running = { id, fence: number, sinceMs: performance.now(), breakOff: fence.breakOff };
  engine.running.add(running);
  try {
    await attempt(engine, delivery, fence);
  } finally {
    engine.running.delete(running);
  }
}

async function attempt(engine: Engine, delivery: ClaimedDelivery, fence: Fence): Promise<void> {
  const outcome = await publish(engine, delivery, fence).catch(fence.explain).finally(fence.end);
  if (outcome instanceof FenceLost) return release(engine.world.db, delivery);
  if ("waitMs" in outcome) return release(engine.world.db, delivery, outcome);
  engine.step("answered", delivery.id);
  await recordOutcome(engine, delivery, fence.sent(), outcome);
  engine.step("recorded", delivery.id);
}

async function publish(
  engine: Engine,
  delivery: ClaimedDelivery,
  fence: Fence,
): Promise<Published | Pending | NotReady> {
  const adapter = engine.world.adapters[delivery.platform];
  const variant = await fittedVariant(engine, delivery);
  const bytes = bytesWithPost(adapter.capabilities.media, variant.media);
  const plain = await accountCall(engine.world, delivery, fence.signal, transferMs(engine.timings, bytes));
  const call = watchBudget(engine, adapter, delivery, plain, fence.sent);
  const ready = await readyPrepared(engine, { ...delivery, variant }, call);
  if ("waitMs" in ready) return ready;
  const answer = await adapter.publish(variant, {
    ...call,
    ...ready,
    ...(delivery.parent && { parent: delivery.parent }),
    deliveryKey: delivery.id,
    commit: (send) => fence.commit(send, bytes),
  });
  if (!fence.sent()) throw new Error("The adapter answered without having sent anything");
  return answer;
}

/**
 * Nothing was claimed though the row waits: the queue's clock is a moment ahead of the database's, or another statement
 * had the row for a moment. Wait that moment instead of losing the bell.
 */
async function claimOnTheDot(engine: Engine, id: string): Promise<ClaimedDelivery | undefined> {
  const ms = await msUntilDue(engine.world.db, id);
  if (ms === undefined || ms > earlyBellMs) return undefined;
  await new Promise((resolve) => setTimeout(resolve, Math.max(ms, lockedMs)));
  return engine.claims.add(id);
}
