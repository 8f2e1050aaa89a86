import { describe, expect, it, test } from "@jest/globals";
import { readGraphBudget } from "./graph-usage.ts";

const minuteMs = 60_000;
const calm = { call_count: 28, total_time: 25, total_cputime: 25 };
const read = (headers: Readonly<Record<string, unknown>>, useCase: string | null = "pages") =>
  readGraphBudget(
    new Headers(Object.fromEntries(Object.entries(headers).map(([name, of]) => [name, JSON.stringify(of)]))),
    useCase,
  );
const businessUse = (...uses: readonly object[]) => ({ "x-business-use-case-usage": { "4711": uses } });
const none = (scope: string, minutes: number) => ({
  scope,
  of: "requests",
  remaining: 0,
  resetMs: minutes * minuteMs,
});

describe("Meta's percentages say how much is left when nothing is:", () => {
  test.each<[string, Readonly<Record<string, unknown>>, object[]]>([
    ["nothing while there is room", { "x-app-usage": calm, ...businessUse({ type: "pages", ...calm }) }, []],
    ["the app is at its end", { "x-app-usage": { ...calm, total_time: 100 } }, [none("app", 60)]],
    [
      "our use of the account is, and for how long",
      businessUse({ type: "pages", ...calm, call_count: 101, estimated_time_to_regain_access: 19 }),
      [none("account", 19)],
    ],
    [
      "kept out for another reason",
      businessUse({ type: "pages", ...calm, estimated_time_to_regain_access: 3 }),
      [none("account", 3)],
    ],
    [
      "at its end without a time",
      businessUse({ type: "pages", ...calm, total_cputime: 100, estimated_time_to_regain_access: 0 }),
      [none("account", 60)],
    ],
    [
      "another use of it is no concern of ours",
      businessUse({ type: "ads_insights", call_count: 100, estimated_time_to_regain_access: 19 }),
      [],
    ],
    [
      "more than a day is nonsense",
      businessUse({ type: "pages", estimated_time_to_regain_access: 1e9 }),
      [none("account", 24 * 60)],
    ],
    ["nothing in no use", businessUse(), []],
    [
      "nothing in nonsense",
      { "x-app-usage": [null, "100"], "x-business-use-case-usage": { a: [null, 100] } },
      [],
    ],
    ["nothing in other words", { "x-app-usage": { call_count: "all" } }, []],
  ])("%s", (_name, headers, expected) => {
    expect(read(headers)).toEqual(expected);
  });

  it("any use counts where a platform has a host of its own", () => {
    const headers = businessUse({ type: "whatever", estimated_time_to_regain_access: 2 });
    expect(read(headers, null)).toEqual([none("account", 2)]);
  });

  it("what is no JSON says nothing", () => {
    expect(
      readGraphBudget(new Headers({ "x-app-usage": "{", "x-business-use-case-usage": "100" }), null),
    ).toEqual([]);
  });
});
