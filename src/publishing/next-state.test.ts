import { describe, expect, it } from "@jest/globals";
import { PublishError } from "../adapters/contract/publish-error.ts";
import { terminalStates } from "../domain/delivery.ts";
import { nextState, type Outcome } from "./next-state.ts";

const waits = { settleMs: 120_000, firstLookMs: 5000 };
const published: Outcome = { state: "published", externalId: "1", externalUrl: "https://x.example/1" };
const pending: Outcome = { state: "pending", handle: "h", checkAfterMs: 3000 };
const error = (kind: PublishError["kind"]) => new PublishError(kind, "Words", { status: 400, code: "c" });

describe("the end of an attempt", () => {
  it.each([
    ["published", published, { state: "published", externalId: "1", checkAfterMs: null }],
    ["accepted, still at work", pending, { state: "processing", handle: "h", checkAfterMs: 3000 }],
    ["refused", error("invalid"), { state: "failed", reasonCode: "c", reasonText: "Words", httpStatus: 400 }],
    ["a dead token", error("unauthorized"), { state: "held" }],
    [
      "no clear answer",
      error("indeterminate"),
      { state: "uncertain", settleMs: 120_000, checkAfterMs: 5000 },
    ],
    ["not sent", error("unavailable"), { state: "retrying", waitMs: 15_000, attemptCost: 1 }],
    ["asked to slow down", error("rate_limited"), { state: "retrying", waitMs: 900_000, attemptCost: 0 }],
  ] as const)("%s", (_what, outcome, next) => {
    expect(nextState(outcome, 0, waits)).toMatchObject(next);
  });
  it("leaves no state without a next look but the terminal ones", () => {
    const outcomes = [
      published,
      pending,
      ...(
        ["invalid", "unauthorized", "forbidden", "rate_limited", "unavailable", "indeterminate"] as const
      ).map(error),
    ];
    for (const outcome of outcomes) {
      const next = nextState(outcome, 0, waits);
      expect(next.checkAfterMs === null).toBe(terminalStates.includes(next.state));
    }
  });
});
