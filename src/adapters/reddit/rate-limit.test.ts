import { describe, expect, it, test } from "@jest/globals";
import { msUntilAllowed, readBudget } from "./rate-limit.ts";

const headers = (values: Record<string, string>) => new Headers(values);

describe("what is left of the app's budget", () => {
  it("is read from a fraction and from seconds", () => {
    const said = headers({
      "x-ratelimit-used": "2",
      "x-ratelimit-remaining": "998.0",
      "x-ratelimit-reset": "378",
    });
    expect(readBudget(said)).toEqual([{ scope: "app", of: "requests", remaining: 998, resetMs: 378_000 }]);
  });

  it("is never rounded up", () => {
    const said = headers({ "x-ratelimit-remaining": "0.9", "x-ratelimit-reset": "1" });
    expect(readBudget(said)[0]?.remaining).toBe(0);
  });

  test.each([
    [{}],
    [{ "x-ratelimit-remaining": "5" }],
    [{ "x-ratelimit-reset": "5" }],
    [{ "x-ratelimit-remaining": "many", "x-ratelimit-reset": "soon" }],
    [{ "x-ratelimit-remaining": "-1", "x-ratelimit-reset": "5" }],
  ])("is nothing where it is not told: %j", (said) => {
    expect(readBudget(headers(said))).toEqual([]);
  });
});

describe("when to come back after a 429", () => {
  test.each<[string, Record<string, string>, number | undefined]>([
    ["as it says", { "retry-after": "7", "x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "60" }, 7000],
    ["at the window's end", { "x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "60" }, 60_000],
    ["unknown while some is left", { "x-ratelimit-remaining": "12.0", "x-ratelimit-reset": "60" }, undefined],
    ["unknown", {}, undefined],
  ])("%s", (_name, said, ms) => {
    expect(msUntilAllowed(headers(said))).toBe(ms);
  });
});
