import { describe, expect, it } from "@jest/globals";
import { readBudget } from "./budget.ts";

const now = new Date("2026-12-01T12:00:00Z");

describe("what a Mastodon server still takes", () => {
  it.each<[string, Record<string, string>, object[]]>([
    ["nothing is told", {}, []],
    [
      "until a moment in ISO 8601",
      { "x-ratelimit-remaining": "299", "x-ratelimit-reset": "2026-12-01T12:05:00.000000Z" },
      [{ scope: "account", of: "requests", remaining: 299, resetMs: 300_000 }],
    ],
    [
      "nothing more, from a moment ago",
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-12-01T11:59:00Z" },
      [{ scope: "account", of: "requests", remaining: 0, resetMs: 0 }],
    ],
    ["a number without a moment says nothing", { "x-ratelimit-remaining": "3" }, []],
    ["nor with none", { "x-ratelimit-remaining": "3", "x-ratelimit-reset": "soon" }, []],
    [
      "nor does an empty one",
      { "x-ratelimit-remaining": "", "x-ratelimit-reset": "2026-12-01T12:05:00Z" },
      [],
    ],
  ])("%s", (_what, headers, expected) => {
    expect(readBudget(new Headers(headers), now)).toEqual(expected);
  });
});
