import { PublishError } from "../adapters/contract/publish-error.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import { coolAccount } from "../db/hot/hold-account.ts";
import { clearPrepare, notePrepareProblem, type TakenPrepare } from "../db/hot/prepare.ts";
import { accountCall } from "./account-call.ts";
import { afterRefusedLogin } from "./after-refused-login.ts";
import type { Engine } from "./engine.ts";
import { FenceLost } from "./fence-lost.ts";
import { fittedVariant } from "./fitted-variant.ts";
import { publishDelivery } from "./publish-delivery.ts";
import { isNothing, readyPrepared } from "./ready-prepared.ts";
import { runPrepare } from "./running-prepares.ts";

const againAfterMs = 30_000;

/**
 * Uploads and builds what a delivery needs, before its moment. A refusal is shown while there is still time to mend it;
 * the delivery itself stays scheduled. Where the moment has come meanwhile, it goes out as soon as this is done.
 */
export async function prepareDelivery(engine: Engine, taken: TakenPrepare): Promise<void> {
  await runPrepare(engine, taken, (signal) => prepare(engine, taken, signal));
  const isDue = taken.dueAt.getTime() <= Date.now();
  if (isDue && !engine.stopping.signal.aborted) await publishDelivery(engine, taken.id);
}

async function prepare(engine: Engine, delivery: TakenPrepare, signal: AbortSignal): Promise<void> {
  try {
    const call = await accountCall(engine.world, delivery, signal);
    const variant = await fittedVariant(engine, delivery);
    const ready = await readyPrepared(engine, { ...delivery, variant }, call);
    if ("prepared" in ready && isNothing(ready.prepared)) await clearPrepare(engine.world.db, delivery.id);
  } catch (error) {
    if (error instanceof FenceLost || signal.reason instanceof FenceLost) return;
    await tell(engine, delivery, error);
  }
}

async function tell(engine: Engine, delivery: ClaimedDelivery, error: unknown): Promise<void> {
  const { db } = engine.world;
  const account = { id: delivery.account.id, workspaceId: delivery.workspaceId };
  const known =
    error instanceof PublishError ? error : new PublishError("unavailable", "Preparing did not work yet");
  if (known.kind === "unauthorized") await afterRefusedLogin(engine, delivery, known.message);
  if (known.kind === "rate_limited")
    await coolAccount(db, account, known.detail.retryAfterMs ?? againAfterMs);
  await notePrepareProblem(db, {
    id: delivery.id,
    code: known.detail.code ?? known.kind,
    text: known.message,
    againAfterMs: known.kind === "invalid" || known.kind === "forbidden" ? null : againAfterMs,
  });
}
