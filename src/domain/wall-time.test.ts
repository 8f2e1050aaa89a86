import { afterEach, describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { resolveWallTime } from "./wall-time.ts";

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "Asia/Tehran",
  "America/Santiago",
  "Asia/Baku",
  "UTC",
];
const [first, last] = [Date.UTC(2024, 0, 1), Date.UTC(2033, 0, 1)];
const quarterMs = 15 * 60_000;
const dayMs = 86_400_000;

const clocks = new Map(
  zones.map((zone) => [
    zone,
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }),
  ]),
);

/** What the clock on the wall shows, by Intl: not by the library that is tested. */
function shown(instantMs: number, zone: string): string {
  return (clocks.get(zone) as Intl.DateTimeFormat).format(instantMs).replace(" ", "T");
}

/** By what the clock shows: every instant of a span, a quarter of an hour apart. The definition, taken literally. */
function readClock(fromMs: number, toMs: number, zone: string): Map<string, number[]> {
  const instants = new Map<string, number[]>();
  for (let ms = fromMs; ms <= toMs; ms += quarterMs) {
    const local = shown(ms, zone);
    instants.set(local, [...(instants.get(local) ?? []), ms]);
  }
  return instants;
}

/** The days on which a zone's clocks change, found by looking. */
function changesOf(zone: string): number[] {
  const changes: number[] = [];
  const offset = (ms: number) => Date.parse(`${shown(ms, zone)}Z`) - ms;
  for (let ms = first; ms < last; ms += dayMs) if (offset(ms) !== offset(ms + dayMs)) changes.push(ms);
  return changes;
}

describe("a wall time becomes the instant at which the clock there shows it", () => {
  it("on any day from 2024 to 2032", () => {
    const days = fc.integer({ min: first / dayMs, max: last / dayMs });
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, fc.integer({ min: 0, max: 95 }), (zone, day, quarter) => {
        const ms = day * dayMs + quarter * quarterMs;
        const local = new Date(ms).toISOString().slice(0, 16);
        const clock = readClock(ms - dayMs, ms + dayMs, zone);
        expectLiteral(resolveWallTime({ local, zone }), clock.get(local) ?? [], `${local} ${zone}`);
      }),
      { numRuns: 200 },
    );
  });

  it.each(zones)("in every quarter of an hour around every clock change in %s", (zone) => {
    for (const change of changesOf(zone)) {
      const clock = readClock(change - 2 * dayMs, change + 3 * dayMs, zone);
      for (let ms = change - dayMs / 2; ms < change + 1.5 * dayMs; ms += quarterMs) {
        const local = new Date(ms).toISOString().slice(0, 16);
        expectLiteral(resolveWallTime({ local, zone }), clock.get(local) ?? [], `${local} ${zone}`);
      }
    }
  });

  it("where clocks do change: the test above is not empty", () => {
    expect(changesOf("Europe/Berlin")).toHaveLength(18);
    expect(changesOf("Africa/Cairo").length).toBeGreaterThan(10);
  });
});

function expectLiteral(
  resolved: ReturnType<typeof resolveWallTime>,
  literal: readonly number[],
  what: string,
): void {
  if (literal.length === 1) {
    expect([what, resolved]).toEqual([what, { is: "one", instant: new Date(literal[0] as number) }]);
    return;
  }
  expect([what, resolved.is]).toEqual([what, literal.length === 0 ? "missing" : "ambiguous"]);
  if (resolved.is === "ambiguous")
    expect([resolved.earlier.getTime(), resolved.later.getTime()]).toEqual([
      Math.min(...literal),
      Math.max(...literal),
    ]);
  if (resolved.is === "missing") expect(resolved.earlier.getTime()).toBeLessThan(resolved.later.getTime());
}

describe("an hour that clocks skip or repeat", () => {
  it("offers what the clock shows just before and just after the skipped hour", () => {
    expect(resolveWallTime({ local: "2027-03-28T02:30", zone: "Europe/Berlin" })).toEqual({
      is: "missing",
      earlier: new Date("2027-03-28T00:30:00Z"), // 01:30
      later: new Date("2027-03-28T01:30:00Z"), // 03:30
    });
  });
  it("offers both moments of the repeated hour", () => {
    expect(resolveWallTime({ local: "2026-10-25T02:30", zone: "Europe/Berlin" })).toEqual({
      is: "ambiguous",
      earlier: new Date("2026-10-25T00:30:00Z"),
      later: new Date("2026-10-25T01:30:00Z"),
    });
  });
  it("knows changes of half an hour", () => {
    expect(resolveWallTime({ local: "2027-04-04T01:45", zone: "Australia/Lord_Howe" })).toMatchObject({
      is: "ambiguous",
    });
    expect(resolveWallTime({ local: "2026-10-04T02:15", zone: "Australia/Lord_Howe" })).toMatchObject({
      is: "missing",
    });
  });
});

describe("the answer is the same whichever day it is asked", () => {
  afterEach(() => {
    jest.useRealTimers();
  });
  it.each(["2026-01-15", "2026-07-15", "2026-10-25T00:45:00Z", "2031-03-01"])("on %s", (today) => {
    jest.useFakeTimers({ now: new Date(today) });
    expect(resolveWallTime({ local: "2026-10-25T02:30", zone: "Europe/Berlin" })).toEqual({
      is: "ambiguous",
      earlier: new Date("2026-10-25T00:30:00Z"),
      later: new Date("2026-10-25T01:30:00Z"),
    });
  });
});

describe("what is not clear is not guessed", () => {
  it.each([
    "CST",
    "EST",
    "GMT+4",
    "GMT",
    "Etc/GMT+4",
    "+04:00",
    "UTC+4",
    "CST6CDT",
    "Baku",
    "Asia/Nowhere",
    "europe/berlin",
    "",
  ])("the zone %j is refused", (zone) =>
    expect(resolveWallTime({ local: "2026-12-01T09:00", zone })).toEqual({ is: "unknown_zone" }),
  );
  it.each([
    "2026-02-30T09:00",
    "2026-13-01T09:00",
    "2026-12-01",
    "2026-12-01T24:00",
    "2026-12-01T09:60",
    "2026-12-01T09:00Z",
  ])("the local time %j is refused", (local) =>
    expect(resolveWallTime({ local, zone: "Asia/Baku" })).toEqual({ is: "invalid_local" }),
  );
});
