import { describe, expect, it } from "@jest/globals";
import { newId } from "../../domain/ids.ts";
import { recordKey } from "./record-key.ts";

const tid = /^[234567a-j][234567a-z]{12}$/;
const digits = "234567abcdefghijklmnopqrstuvwxyz";
const now = Date.parse("2026-11-20T12:00:00Z");

describe("a record key", () => {
  it.each(["dlv_01k3q8z5v9m4t6x2c7b0n8r1wd", "delivery of organisation_1", ""])("is a TID for %p", (key) => {
    expect(recordKey(key)).toMatch(tid);
  });

  it("stays what it is: deliveries under way depend on it", () => {
    expect(recordKey("dlv_01k3q8z5v9m4t6x2c7b0n8r1wd")).toBe("3lxgcnyjyze6i");
    expect(recordKey("delivery of organisation_1")).toMatch(/^2222/);
  });

  it("is another one for every delivery, be they made in one moment", () => {
    const keys = Array.from({ length: 20_000 }, () => recordKey(newId("dlv", now)));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("carries the time the delivery was made, within hours, and never the future", () => {
    for (const key of Array.from({ length: 1000 }, () => recordKey(newId("dlv", now)))) {
      const micros = [...key].reduce((sum, digit) => sum * 32n + BigInt(digits.indexOf(digit)), 0n) >> 10n;
      const ms = Number(micros / 1000n);
      expect(ms).toBeLessThan(now);
      expect(ms).toBeGreaterThan(now - 3 * 60 * 60_000);
    }
  });
});
