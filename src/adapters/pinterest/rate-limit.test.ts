import { describe, expect, it, test } from "@jest/globals";
import { readBudget } from "./rate-limit.ts";

describe("what the headers tell of the budget", () => {
  it("is the first number of each list, and seconds from now", () => {
    const headers = new Headers({
      "x-ratelimit-limit":
        '60, 100;w=1;name="safety_net_app_id_user_id", 60;w=60;name="org_analytics_app_id_user_id"',
      "x-ratelimit-remaining": "59",
      "x-ratelimit-reset": "17",
    });
    expect(readBudget(headers)).toEqual([
      { scope: "account", of: "requests", remaining: 59, resetMs: 17_000 },
    ]);
  });

  it("may be nothing left", () => {
    const headers = new Headers({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3, 3;w=60" });
    expect(readBudget(headers)).toMatchObject([{ remaining: 0, resetMs: 3000 }]);
  });

  test.each([
    ["no headers", {}],
    ["no reset", { "x-ratelimit-remaining": "5" }],
    ["no number", { "x-ratelimit-remaining": "many", "x-ratelimit-reset": "17" }],
  ])("is not made up from %s", (_what, headers) => {
    expect(readBudget(new Headers(headers as Record<string, string>))).toEqual([]);
  });
});
