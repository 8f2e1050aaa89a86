import type { Pending, Published } from "../adapters/contract/adapter.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import type { Result } from "../db/hot/record.ts";
import { decide } from "../domain/decide.ts";

export type Outcome = Published | Pending | PublishError;

type Next = Omit<Result, "id" | "fence" | "sent">;

const nothing: Next = {
  state: "failed",
  externalId: null,
  externalUrl: null,
  handle: null,
  reasonCode: null,
  reasonText: null,
  waitMs: null,
  checkAfterMs: null,
  settleMs: null,
  attemptCost: 1,
  httpStatus: null,
  outcome: "",
};

/**
 * What follows from an outcome. Pure: the one place where the end of an attempt becomes a state.
 * @param attempts how many were made before this one
 */
export function nextState(
  outcome: Outcome,
  attempts: number,
  waits: { readonly settleMs: number; readonly firstLookMs: number },
): Next {
  if (outcome instanceof PublishError) return afterError(outcome, attempts, waits);
  if (outcome.state === "published") {
    const { externalId, externalUrl } = outcome;
    return { ...nothing, state: "published", externalId, externalUrl, outcome: "published" };
  }
  const { handle, checkAfterMs } = outcome;
  return { ...nothing, state: "processing", handle, checkAfterMs, outcome: "pending" };
}

function afterError(
  error: PublishError,
  attempts: number,
  waits: { readonly settleMs: number; readonly firstLookMs: number },
): Next {
  const decision = decide(error.kind, attempts + 1, error.detail.retryAfterMs);
  const said: Next = {
    ...nothing,
    handle: error.detail.handle ?? null,
    reasonCode: isOurs(error.detail.code) ? error.detail.code : error.kind,
    reasonText: error.message,
    httpStatus: error.detail.status ?? null,
    outcome: error.kind,
  };
  switch (decision.do) {
    case "fail":
      return { ...said, state: "failed" };
    case "hold_account":
      return { ...said, state: "held", checkAfterMs: waits.firstLookMs };
    case "snooze":
      return { ...said, state: "retrying", attemptCost: 0, ...wait(decision.afterMs) };
    case "retry":
      return { ...said, state: "retrying", ...wait(decision.afterMs) };
    case "reconcile":
      return { ...said, state: "uncertain", checkAfterMs: waits.firstLookMs, settleMs: waits.settleMs };
    default:
      return decision satisfies never;
  }
}

/** Codes in capitals are the network's own (`ECONNREFUSED`): for the log, not for people. */
function isOurs(code: string | undefined): code is string {
  return code !== undefined && !/^[A-Z][A-Z0-9_]+$/.test(code);
}

function wait(afterMs: number): Pick<Next, "waitMs" | "checkAfterMs"> {
  return { waitMs: afterMs, checkAfterMs: afterMs };
}
