import { describe, expect, test } from "@jest/globals";
import { msUntilReset, readBudget } from "./rate-limit.ts";

const now = new Date("2026-11-20T12:00:00Z");

describe("a limit is waited for as long as it lasts", () => {
  const reset = (minutes: number) => String(now.getTime() / 1000 + minutes * 60);

  test.each<[string, Record<string, string>, number | undefined]>([
    ["the quarter of an hour", { "x-rate-limit-remaining": "0", "x-rate-limit-reset": reset(7) }, 7],
    [
      "the app's day, not the quarter that is open",
      {
        "x-rate-limit-remaining": "40",
        "x-rate-limit-reset": reset(7),
        "x-app-limit-24hour-remaining": "0",
        "x-app-limit-24hour-reset": reset(300),
      },
      300,
    ],
    [
      "the account's day",
      {
        "x-rate-limit-remaining": "40",
        "x-rate-limit-reset": reset(7),
        "x-user-limit-24hour-remaining": "0",
        "x-user-limit-24hour-reset": reset(60),
      },
      60,
    ],
    [
      "the later of two",
      {
        "x-rate-limit-remaining": "0",
        "x-rate-limit-reset": reset(7),
        "x-user-limit-24hour-remaining": "0",
        "x-user-limit-24hour-reset": reset(60),
      },
      60,
    ],
    ["a reset that has passed", { "x-rate-limit-remaining": "0", "x-rate-limit-reset": reset(-1) }, 0],
    [
      "no window that is used up",
      { "x-rate-limit-remaining": "3", "x-rate-limit-reset": reset(7) },
      undefined,
    ],
    ["no window at all", {}, undefined],
    ["nonsense", { "x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon" }, undefined],
  ])("%s", (_name, headers, minutes) => {
    expect(msUntilReset(new Headers(headers), now)).toBe(
      minutes === undefined ? undefined : minutes * 60_000,
    );
  });
});

describe("what is left", () => {
  const at = (minutes: number) => String(now.getTime() / 1000 + minutes * 60);

  test.each<[string, Record<string, string>, object[]]>([
    ["nothing where nothing is told", { "content-type": "application/json" }, []],
    [
      "of requests in the quarter of an hour",
      { "x-rate-limit-limit": "900", "x-rate-limit-remaining": "899", "x-rate-limit-reset": at(15) },
      [{ scope: "account", of: "requests", remaining: 899, resetMs: 15 * 60_000 }],
    ],
    [
      "of the app's posts and the account's in a day",
      {
        "x-app-limit-24hour-remaining": "7",
        "x-app-limit-24hour-reset": at(60),
        "x-user-limit-24hour-remaining": "0",
        "x-user-limit-24hour-reset": at(-1),
      },
      [
        { scope: "app", of: "posts", remaining: 7, resetMs: 60 * 60_000 },
        { scope: "account", of: "posts", remaining: 0, resetMs: 0 },
      ],
    ],
    ["nothing without a moment", { "x-rate-limit-remaining": "3" }, []],
    ["nothing without a number", { "x-rate-limit-remaining": "some", "x-rate-limit-reset": at(1) }, []],
    ["nothing in nonsense", { "x-rate-limit-remaining": "-1", "x-rate-limit-reset": "9".repeat(30) }, []],
  ])("%s", (_name, headers, expected) => {
    expect(readBudget(new Headers(headers), now)).toEqual(expected);
  });
});
