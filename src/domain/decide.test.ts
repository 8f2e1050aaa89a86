import { describe, expect, it } from "@jest/globals";
import { decide, maxAttempts } from "./decide.ts";

describe("decide", () => {
  it.each([
    ["invalid", { do: "fail" }],
    ["forbidden", { do: "fail" }],
    ["unauthorized", { do: "hold_account" }],
    ["indeterminate", { do: "reconcile" }],
    ["unavailable", { do: "retry", afterMs: 15_000 }],
  ] as const)("%s at the first attempt → %j", (kind, decision) => {
    expect(decide(kind, 1)).toEqual(decision);
  });
  it("never answers an unknown outcome by sending again, however often it was tried", () => {
    for (let attempt = 1; attempt < 20; attempt++)
      expect(decide("indeterminate", attempt)).toEqual({ do: "reconcile" });
  });
  it("waits as long as the platform asks, and a quarter of an hour when it does not say", () => {
    expect(decide("rate_limited", 1, 90_000)).toEqual({ do: "snooze", afterMs: 90_000 });
    expect(decide("rate_limited", 1)).toEqual({ do: "snooze", afterMs: 900_000 });
  });
  it("doubles its patience, then gives up", () => {
    const waits = Array.from({ length: maxAttempts - 1 }, (_, n) => decide("unavailable", n + 1));
    expect(waits).toEqual([15, 30, 60, 120, 240].map((s) => ({ do: "retry", afterMs: s * 1000 })));
    expect(decide("unavailable", maxAttempts)).toEqual({ do: "fail" });
  });
});
