import type { Call, Prepared } from "../adapters/contract/adapter.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import { savePrepared } from "../db/hot/prepare.ts";
import type { Engine } from "./engine.ts";
import { FenceLost } from "./fence-lost.ts";
import { openPrepared, sealPrepared } from "./sealed-prepared.ts";

/** The platform is still at work on what was prepared: let go of the claim and come back. */
export interface NotReady {
  readonly waitMs: number;
  readonly code: string;
  readonly text: string;
}

const marginMs = 60_000;

/**
 * What `publish` needs at the platform, made now where it was not made before the moment. It is durable before the
 * intent, so that after a crash the same handle is asked and published, never a second one.
 */
export async function readyPrepared(
  engine: Engine,
  delivery: ClaimedDelivery,
  call: Call<never>,
): Promise<{ readonly prepared?: Prepared } | NotReady> {
  const adapter = engine.world.adapters[delivery.platform];
  if (!adapter.prepare) return {};
  const soFar = unexpired(openPrepared(engine.world, delivery.id, delivery.prepared), call.now());
  if (soFar && soFar.pollAfterMs === undefined) return { prepared: soFar };
  if (delivery.sentAt && delivery.prepared !== null && adapter.capabilities.recovery.by === "handle")
    throw new PublishError("indeterminate", "What was prepared has expired, and it may be public already");

  const prepared = await adapter.prepare(delivery.variant, {
    ...call,
    deliveryKey: delivery.id,
    ...(delivery.parent && { parent: delivery.parent }),
    ...(soFar && { soFar }),
  });
  if (isNothing(prepared)) return { prepared }; // a text needs no upload: no reason to write that down
  const { id, payloadHash, fence, owner } = delivery;
  const againAfterMs = prepared.pollAfterMs ?? null;
  const stored = sealPrepared(engine.world, id, prepared);
  const row = { id, payloadHash, fence, owner, prepared: stored, againAfterMs };
  const kept = await savePrepared(engine.world.db, row);
  if (!kept) throw new FenceLost("The content changed while it was being prepared");
  if (againAfterMs === null) return { prepared };
  return {
    waitMs: againAfterMs,
    code: "preparing",
    text: `${adapter.displayName} is still preparing it`,
  };
}

/** Some variants need nothing before the moment. */
export function isNothing(prepared: Prepared | undefined): boolean {
  if (!prepared) return true;
  return prepared.pollAfterMs === undefined && !prepared.secrets && Object.keys(prepared.values).length === 0;
}

export function unexpired(prepared: Prepared | null, now: Date): Prepared | undefined {
  if (!prepared) return undefined;
  return new Date(prepared.expiresAt).getTime() > now.getTime() + marginMs ? prepared : undefined;
}
