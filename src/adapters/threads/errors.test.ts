import { describe, expect, it, test } from "@jest/globals";
import type { PublishErrorKind } from "../../domain/decide.ts";
import { classify } from "../families/graph-errors.ts";
import { platform } from "./errors.ts";

function refused(code: number | string, subcode?: number, message = "no", headers = {}) {
  const error = { message, type: "OAuthException", code, ...(subcode && { error_subcode: subcode }) };
  return classify(new Response(JSON.stringify({ error }), { status: 400, headers }), platform);
}

const table: readonly (readonly [number, number, PublishErrorKind, RegExp])[] = [
  [24, 4279009, "unavailable", /or not yet/],
  [100, 4279004, "unavailable", /try again/],
  [10, 4279013, "forbidden", /restricted/],
  [-1, 4279047, "invalid", /this link/],
  [4, 2207051, "forbidden", /spam/],
  [9, 2207042, "rate_limited", /24 hours/],
  [25, 2207050, "forbidden", /restricted/],
  [9004, 2207052, "invalid", /public address/],
  [-1, 2207053, "unavailable", /try again/],
  [36000, 2207004, "invalid", /8 MB/],
  [36001, 2207005, "invalid", /JPEG or PNG/],
  [36003, 2207009, "invalid", /ten times/],
];

describe("what Threads' refusals mean", () => {
  test.each(table)("%i/%i is %s", async (code, subcode, kind, says) => {
    expect(await refused(code, subcode)).toMatchObject({
      kind,
      message: expect.stringMatching(says),
      detail: { code: `${code}/${subcode}` },
    });
  });

  test.each<[number, PublishErrorKind]>([
    [190, "unauthorized"],
    [10, "forbidden"],
    [200, "forbidden"],
    [4, "rate_limited"],
    [613, "rate_limited"],
    [368, "forbidden"],
    [24, "unavailable"],
    [100, "invalid"],
    [1, "unavailable"],
  ])("%i alone is %s", async (code, kind) => {
    expect((await refused(code)).kind).toBe(kind);
  });

  test.each([
    ["Error: THREADS_API__LINK_LIMIT_EXCEEDED", "invalid", "too_many_links"],
    ["THREADS_API__FEATURE_NOT_AVAILABLE", "forbidden", "feature_not_available"],
    ["Param text must be at most 500 characters long.", "invalid", "text_too_long"],
  ])("%s is %s", async (message, kind, code) => {
    expect(await refused(100, undefined, message)).toMatchObject({ kind, detail: { code } });
  });

  it("a code in words is a no all the same", async () => {
    expect(await refused("THREADS_API__LINK_LIMIT_EXCEEDED")).toMatchObject({ kind: "invalid" });
  });

  it("waits as long as Threads names, however it calls what it counts", async () => {
    const usage = JSON.stringify({ "1": [{ type: "whatever", estimated_time_to_regain_access: 7 }] });
    const headers = { "x-business-use-case-usage": usage };
    expect((await refused(4, undefined, "no", headers)).detail.retryAfterMs).toBe(7 * 60_000);
    expect((await refused(4)).detail.retryAfterMs).toBeUndefined();
  });
});
