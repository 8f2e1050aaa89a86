import type { Absent, Pending, Prepared, Published, Refused, Unknown } from "../adapters/contract/adapter.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import { isRefusedValue } from "../db/errors.ts";
import { endQuestion, giveBackAbsent, lookAgain, type OpenQuestion } from "../db/hot/look.ts";
import { mergeEvidence } from "../db/hot/merge-evidence.ts";
import { accountCall } from "./account-call.ts";
import { afterRefusedLogin } from "./after-refused-login.ts";
import type { Engine } from "./engine.ts";
import { fittedVariant } from "./fitted-variant.ts";
import { unexpired } from "./ready-prepared.ts";
import { openPrepared } from "./sealed-prepared.ts";

type Answer = Published | Pending | Absent | Refused | Unknown | PublishError;

const lookTimeoutMs = 30_000;
const longestProcessingMs = 6 * 3_600_000;

/** Asks the platform what became of a delivery. Only reads there; here it moves the row as far as the answer proves. */
export async function lookForDelivery(engine: Engine, question: OpenQuestion): Promise<void> {
  const answer = await ask(engine, question).catch(toPublishError);
  if (answer instanceof PublishError) return afterError(engine, question, answer);
  switch (answer.state) {
    case "published":
      return afterFound(engine, question, answer);
    case "pending":
      return afterPending(engine, question, answer.checkAfterMs);
    case "absent":
      return afterAbsent(engine, question);
    case "refused":
      return void (await endQuestion(engine.world.db, question, {
        state: "failed",
        code: answer.code,
        text: answer.message,
      }));
    case "unknown":
      return again(engine, question);
    default:
      return answer satisfies never;
  }
}

async function ask(engine: Engine, question: OpenQuestion): Promise<Answer> {
  const adapter = engine.world.adapters[question.platform];
  if (adapter.capabilities.recovery.by === "human") return { state: "unknown" };
  const call = await accountCall(engine.world, question, AbortSignal.timeout(lookTimeoutMs));
  const prepared = openPrepared(engine.world, question.id, question.prepared);
  return adapter.reconcile(
    {
      deliveryKey: question.id,
      variant: await fittedVariant(engine, question),
      sentAt: question.sentAt ?? question.dueAt,
      ...(prepared && { prepared }),
      ...(question.handle !== null && { handle: question.handle }),
      ...(question.parent && { parent: question.parent }),
    },
    call,
  );
}

async function afterPending(engine: Engine, question: OpenQuestion, afterMs: number): Promise<void> {
  if (question.ageMs > longestProcessingMs) return again(engine, question);
  return lookAgain(engine.world.db, question, { afterMs, absent: false, counts: false });
}

async function afterFound(engine: Engine, question: OpenQuestion, found: Published): Promise<void> {
  try {
    await mergeEvidence(engine.world.db, { ...found, id: question.id });
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    await again(engine, question); // it belongs to another delivery, or cannot be written down
  }
}

/** Whether an absence is proof depends on how the platform was asked; the statement's guard has the last word. */
async function afterAbsent(engine: Engine, question: OpenQuestion): Promise<void> {
  if (question.state === "processing" || !question.settled) return again(engine, question);
  const proof = proofOf(engine, question);
  if (proof && (await giveBackAbsent(engine.world.db, question, proof === "search"))) return;
  await again(engine, question, proof !== undefined);
}

function proofOf(engine: Engine, question: OpenQuestion): "at_once" | "search" | undefined {
  const { recovery } = engine.world.adapters[question.platform].capabilities;
  switch (recovery.by) {
    case "client_id":
      return "at_once";
    case "idempotency_key":
      return question.ageMs < recovery.ttlMs / 2 ? "at_once" : undefined;
    case "handle":
      if (question.prepared === null) return "search"; // a comment has no handle: its platform was searched
      return unexpired(question.prepared as Prepared, new Date()) ? "at_once" : undefined;
    case "search":
      return "search";
    case "human":
      return undefined;
    default:
      return recovery satisfies never;
  }
}

async function afterError(engine: Engine, question: OpenQuestion, error: PublishError): Promise<void> {
  if (error.kind === "unauthorized") await afterRefusedLogin(engine, question, error.message);
  await again(engine, question, false, error.detail.retryAfterMs);
}

async function again(engine: Engine, question: OpenQuestion, absent = false, atLeastMs = 0): Promise<void> {
  const waits = engine.timings.lookAfterMs;
  const afterMs = Math.max(atLeastMs, waits[question.looks + 1] ?? waits.at(-1) ?? 60_000);
  await lookAgain(engine.world.db, question, { afterMs, absent, counts: true });
  await askAfterBudget(engine, question);
}

/** The looks are spent: a person decides. */
async function askAfterBudget(engine: Engine, question: OpenQuestion): Promise<void> {
  if (question.looks + 1 < engine.timings.lookAfterMs.length) return;
  const name = engine.world.adapters[question.platform].displayName;
  await endQuestion(engine.world.db, question, {
    state: "needs_decision",
    code: "cannot_tell",
    text: `We sent this to ${name} but got no answer, and cannot tell whether it is there. Please look at the account.`,
  });
}

function toPublishError(cause: unknown): PublishError {
  if (cause instanceof PublishError) return cause;
  return new PublishError("unavailable", "Looking did not work");
}
