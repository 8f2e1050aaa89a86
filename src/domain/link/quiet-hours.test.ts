import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { afterQuiet, type QuietHours } from "./quiet-hours.ts";

const night: QuietHours = { from: "22:00", to: "07:00", zone: "Asia/Baku" };
const noon: QuietHours = { from: "12:00", to: "13:30", zone: "Europe/Berlin" };
const after = (iso: string, quiet: QuietHours | null) => afterQuiet(new Date(iso), quiet).toISOString();

describe("quiet hours", () => {
  it.each([
    ["before them", "2026-12-01T17:59:00.000Z", night, "2026-12-01T17:59:00.000Z"],
    ["in the evening", "2026-12-01T18:00:00.000Z", night, "2026-12-02T03:00:00.000Z"],
    ["after midnight", "2026-12-01T22:30:10.000Z", night, "2026-12-02T03:00:00.000Z"],
    ["at their end", "2026-12-02T03:00:00.000Z", night, "2026-12-02T03:00:00.000Z"],
    ["within a day", "2026-07-01T10:00:00.000Z", noon, "2026-07-01T11:30:00.000Z"],
    ["where there are none", "2026-12-01T18:00:00.000Z", null, "2026-12-01T18:00:00.000Z"],
    [
      "whose end the clock skips",
      "2026-03-29T00:30:00.000Z",
      { from: "01:00", to: "02:30", zone: "Europe/Berlin" },
      "2026-03-29T01:30:00.000Z",
    ],
  ] as const)("%s", (_, moment, quiet, expected) => {
    expect(after(moment, quiet)).toBe(expected);
  });

  it("are over when they are said to be, are never gone back in, and never last a day", () => {
    const clock = fc
      .tuple(fc.nat(23), fc.nat(59))
      .map((parts) => parts.map((n) => String(n).padStart(2, "0")).join(":"));
    const zone = fc.constantFrom("Asia/Baku", "Europe/Berlin", "America/St_Johns", "UTC");
    const moment = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(moment, clock, clock, zone, (from, a, b, where) => {
        const quiet = { from: a, to: b, zone: where };
        const to = afterQuiet(from, quiet);
        expect(to.getTime()).toBeGreaterThanOrEqual(from.getTime());
        expect(to.getTime() - from.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(afterQuiet(to, quiet)).toEqual(to);
      }),
    );
  });
});
