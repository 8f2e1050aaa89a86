import { setTimeout as delay } from "node:timers/promises";
import { PublishError } from "../adapters/contract/publish-error.ts";
import { isRefusedValue } from "../db/errors.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import { coolAccount } from "../db/hot/hold-account.ts";
import { mergeEvidence } from "../db/hot/merge-evidence.ts";
import type { Result } from "../db/hot/record.ts";
import { afterRefusedLogin } from "./after-refused-login.ts";
import type { Engine } from "./engine.ts";
import { nextState, type Outcome } from "./next-state.ts";
import { settleMsOf } from "./settle-ms.ts";

const retryEveryMs = 250;
const longestWaitMs = 5000;
const keepTryingMs = 60_000;
const defaultCoolMs = 15 * 60_000;

/** Writes down how an attempt ended. Whatever fails from here on, publish is not run again because of it. */
export async function recordOutcome(
  engine: Engine,
  delivery: ClaimedDelivery,
  sent: boolean,
  said: Outcome,
): Promise<void> {
  const outcome = isTheFirstCopy(delivery, said) ? inDoubt(said) : said;
  const waits = {
    settleMs: settleMsOf(engine, delivery.platform),
    firstLookMs: engine.timings.lookAfterMs[0] ?? 5000,
  };
  const { id, fence } = delivery;
  const result = { id, fence, sent, ...nextState(outcome, delivery.attempts, waits) };
  const recorded = await insist(engine, result, () => engine.results.add(result));
  if (outcome instanceof PublishError) await tellAccount(engine, delivery, outcome);
  else if (outcome.state === "published" && !recorded)
    await insist(engine, result, () => mergeEvidence(engine.world.db, { ...outcome, id }));
}

/** "You have posted this already", after an attempt of unknown fate, speaks of that attempt: look again. */
function isTheFirstCopy(delivery: ClaimedDelivery, said: Outcome): said is PublishError {
  return said instanceof PublishError && said.detail.code === "duplicate" && delivery.sentAt !== null;
}

/** What the platform says it is a copy of goes along: the next look starts there. */
function inDoubt({ message, detail: { handle } }: PublishError): PublishError {
  return new PublishError("indeterminate", message, handle === undefined ? {} : { handle });
}

/**
 * The diary may be restarting. That a post is public is worth waiting for as long as this process lives; for anything
 * else the lease runs out and the delivery is looked for.
 */
async function insist(engine: Engine, result: Result, write: () => Promise<boolean>): Promise<boolean> {
  const patienceMs = result.state === "published" ? Number.POSITIVE_INFINITY : keepTryingMs;
  const untilMs = performance.now() + patienceMs;
  for (let waitMs = retryEveryMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await write();
    } catch (error) {
      const problem = (error as Error).name;
      engine.log.error({ deliveryId: result.id, problem }, "a result could not be recorded yet");
      if (performance.now() > untilMs || isRefusedValue(error)) return false;
      await delay(waitMs);
    }
  }
}

async function tellAccount(engine: Engine, delivery: ClaimedDelivery, error: PublishError): Promise<void> {
  const account = { id: delivery.account.id, workspaceId: delivery.workspaceId };
  if (error.kind === "unauthorized") await afterRefusedLogin(engine, delivery, error.message);
  if (error.kind === "rate_limited")
    await coolAccount(engine.world.db, account, error.detail.retryAfterMs ?? defaultCoolMs);
}
