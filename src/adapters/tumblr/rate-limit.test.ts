import { describe, expect, it } from "@jest/globals";
import { msUntilNextDay, msUntilReset, readBudget } from "./rate-limit.ts";

const headers = (values: Record<string, string>) =>
  new Headers(
    Object.entries(values).map(([name, value]): [string, string] => [`X-RateLimit-${name}`, value]),
  );

const hour = { "PerHour-Limit": "1000", "PerHour-Remaining": "12", "PerHour-Reset": "753" };
const day = { "PerDay-Limit": "5000", "PerDay-Remaining": "4000", "PerDay-Reset": "76341" };

describe("what the headers tell of the budget", () => {
  it("is how many requests the app has left in the hour and in the day, and the seconds until they are full", () =>
    expect(readBudget(headers({ ...hour, ...day }))).toEqual([
      { scope: "app", of: "requests", remaining: 12, resetMs: 753_000 },
      { scope: "app", of: "requests", remaining: 4000, resetMs: 76_341_000 },
    ]));

  it("may be one window alone", () =>
    expect(readBudget(headers(day))).toEqual([expect.objectContaining({ remaining: 4000 })]));

  it.each<[string, Record<string, string>]>([
    ["none are there", {}],
    ["no reset is there", { "PerHour-Remaining": "12" }],
    ["they are nonsense", { "PerHour-Remaining": "many", "PerHour-Reset": "-1" }],
    ["they are empty", { "PerHour-Remaining": "", "PerHour-Reset": "" }],
  ])("is nothing where %s", (_what, values) => expect(readBudget(headers(values))).toEqual([]));
});

describe("a wait", () => {
  it.each<[string, Record<string, string>, number | undefined]>([
    ["the window that is used up", { ...hour, ...day, "PerHour-Remaining": "0" }, 753_000],
    ["the longer of two", { ...hour, ...day, "PerHour-Remaining": "0", "PerDay-Remaining": "0" }, 76_341_000],
    ["unknown where none is used up", { ...hour, ...day }, undefined],
    ["unknown without headers", {}, undefined],
  ])("lasts as long as %s", (_what, values, ms) => expect(msUntilReset(headers(values))).toBe(ms));

  it.each([
    ["2026-12-01T12:00:00Z", 17],
    ["2026-12-02T04:59:00Z", 1 / 60],
    ["2026-12-02T05:00:00Z", 24],
    ["2026-07-01T03:00:00Z", 1],
    ["2026-03-08T05:00:00Z", 23], // the clocks go forward
    ["2026-11-01T04:00:00Z", 25], // and back
  ])("for the next day begins at %s and lasts %s hours: midnight in New York", (now, hours) =>
    expect(msUntilNextDay(new Date(now))).toBe(hours * 60 * 60_000),
  );
});
