import { describe, expect, it } from "@jest/globals";
import { readBudget } from "./budget.ts";

const now = new Date("2026-11-20T12:00:00Z");
const headers = (policy: string, remaining: string, resetInSeconds = 60) =>
  new Headers({
    "ratelimit-limit": policy.split(";")[0] ?? "",
    "ratelimit-remaining": remaining,
    "ratelimit-reset": String(now.getTime() / 1000 + resetInSeconds),
    "ratelimit-policy": policy,
  });

describe("what the headers say of how much is left", () => {
  it.each([
    ["5000;w=3600", "4999", { scope: "account", of: "posts", remaining: 1666, resetMs: 60_000 }],
    ["35000;w=86400", "2", { scope: "account", of: "posts", remaining: 0, resetMs: 60_000 }],
    ["3000;w=300", "2999", { scope: "app", of: "requests", remaining: 2999, resetMs: 60_000 }],
  ])("%s with %s left", (policy, remaining, reading) => {
    expect(readBudget(headers(policy, remaining), now)).toEqual([reading]);
  });

  it.each([
    ["logins of five minutes", headers("30;w=300", "29")],
    ["logins of a day", headers("300;w=86400", "1")],
    ["limits of other servers", headers("100;w=60", "5")],
    ["a number that is none", headers("5000;w=3600", "many")],
    ["nothing", new Headers()],
  ])("says nothing of %s", (_what, given) => expect(readBudget(given, now)).toEqual([]));

  it("a limit that has ended is over now", () => {
    expect(readBudget(headers("5000;w=3600", "0", -5), now)).toMatchObject([{ remaining: 0, resetMs: 0 }]);
  });
});
