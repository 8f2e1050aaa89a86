import { describe, expect, it, test } from "@jest/globals";
import type { PublishErrorKind } from "../../domain/decide.ts";
import { classify, type GraphPlatform } from "./graph-errors.ts";

const platform: GraphPlatform = {
  name: "Meta",
  useCase: "pages",
  refusals: { 2207051: { kind: "forbidden", says: "takes this for spam" } },
  named: { META__NO_SUCH_PLACE: { kind: "invalid", says: "does not know this place" } },
};
const secret = "EAA-the-token-itself";

function refused(error: Record<string, unknown>, status = 400, headers: Record<string, string> = {}) {
  const body = { error: { message: `Bad request by ${secret}`, type: "OAuthException", ...error } };
  return classify(new Response(JSON.stringify(body), { status, headers }), platform);
}

type Row = readonly [code: number, subcode: number | undefined, kind: PublishErrorKind];

const table: readonly Row[] = [
  [190, undefined, "unauthorized"],
  ...[458, 459, 460, 463, 464, 467, 492].map((subcode): Row => [190, subcode, "unauthorized"]),
  [102, undefined, "unauthorized"],
  [104, undefined, "unauthorized"],
  [3, undefined, "forbidden"],
  [10, undefined, "forbidden"],
  [200, undefined, "forbidden"],
  [210, undefined, "forbidden"],
  [299, undefined, "forbidden"],
  [4, undefined, "rate_limited"],
  [17, undefined, "rate_limited"],
  [32, undefined, "rate_limited"],
  [341, undefined, "rate_limited"],
  [613, undefined, "rate_limited"],
  [80001, undefined, "rate_limited"],
  [80002, undefined, "rate_limited"],
  [1, undefined, "unavailable"],
  [2, undefined, "unavailable"],
  [368, undefined, "forbidden"],
  [506, undefined, "invalid"],
  [100, undefined, "invalid"],
  [100, 33, "invalid"],
  [194, undefined, "invalid"],
  [803, undefined, "invalid"],
  [1609005, undefined, "invalid"],
  [6000, undefined, "invalid"],
  [6001, undefined, "unavailable"],
  [987654, undefined, "invalid"],
];

describe("every documented code of Meta's has one meaning", () => {
  test.each(table)("%i/%s is %s", async (code, subcode, kind) => {
    const error = await refused({ code, ...(subcode !== undefined && { error_subcode: subcode }) });
    expect(error).toMatchObject({ name: "PublishError", kind });
    expect(error.message).toMatch(/^Meta [a-z].{10,200}$/);
  });
});

describe("the subcode is asked before the code, and the code before the status", () => {
  it("takes a spam refusal for what it is, though its code is the rate limit's", async () => {
    expect(await refused({ code: 4, error_subcode: 2207051 })).toMatchObject({
      kind: "forbidden",
      detail: { code: "4/2207051" },
    });
  });
  it("falls back on the code where the subcode is unknown", async () => {
    expect(await refused({ code: 190, error_subcode: 99 })).toMatchObject({ kind: "unauthorized" });
  });
  test.each([400, 401, 403, 429])("whatever the status: %i", async (status) => {
    expect(await refused({ code: 100 }, status)).toMatchObject({ kind: "invalid", detail: { status } });
  });
  it("but never takes a 5xx for an answer", async () => {
    expect(await refused({ code: 100 }, 500)).toMatchObject({ kind: "unavailable" });
  });
  it("reads the constants that stand in messages", async () => {
    const error = await refused({ code: 100, message: "META__NO_SUCH_PLACE: try another" });
    expect(error.message).toBe("Meta does not know this place");
  });
  it("takes an OAuthException without any code for the end of the login", async () => {
    expect(await refused({})).toMatchObject({ kind: "unauthorized" });
  });
  it("names duplicates and missing things in one way", async () => {
    expect(await refused({ code: 506 })).toMatchObject({ detail: { code: "duplicate" } });
    expect(await refused({ code: 803 })).toMatchObject({ detail: { code: "100/33" } });
  });
});

describe("what Meta calls transient", () => {
  test.each([
    [100, "unavailable"],
    [987654, "unavailable"],
    [4, "rate_limited"],
    [190, "unauthorized"],
    [200, "forbidden"],
  ])("%i is %s", async (code, kind) => {
    expect(await refused({ code, is_transient: true })).toMatchObject({ kind });
  });
});

describe("an answer without Meta's envelope is not Meta's word", () => {
  test.each([
    [400, "<html>Bad gateway</html>", "unavailable"],
    [403, "{}", "unavailable"],
    [404, "null", "unavailable"],
    [302, "", "unavailable"],
    [413, "too large", "invalid"],
    [429, "", "rate_limited"],
    [503, "", "unavailable"],
  ])("%i %s is %s", async (status, body, kind) => {
    expect(await classify(new Response(body, { status }), platform)).toMatchObject({ kind });
  });
});

describe("how long a rate limit lasts", () => {
  const usage = (...uses: readonly (readonly [string, unknown])[]) =>
    JSON.stringify({
      "123": uses.map(([type, estimated_time_to_regain_access]) => ({
        type,
        estimated_time_to_regain_access,
      })),
    });
  test.each([
    ["the minutes of our own use", usage(["pages", 19]), 19 * 60_000],
    ["the longest of several", usage(["pages", 2], ["pages", 7]), 7 * 60_000],
    ["not those of another use", usage(["ads_insights", 60], ["pages", 3]), 3 * 60_000],
    ["nothing where it is zero", usage(["pages", 0]), undefined],
    ["nothing where it is nonsense", usage(["pages", "soon"]), undefined],
    ["nothing where the header cannot be read", "{", undefined],
  ])("is %s", async (_name, header, retryAfterMs) => {
    const { detail } = await refused({ code: 80001 }, 400, { "x-business-use-case-usage": header });
    expect(detail.retryAfterMs).toBe(retryAfterMs);
  });
  it("is not made up from percentages", async () => {
    const headers = { "x-app-usage": '{"call_count":100,"total_time":25,"total_cputime":25}' };
    expect((await refused({ code: 4 }, 400, headers)).detail).not.toHaveProperty("retryAfterMs");
  });
  it("is said of nothing else", async () => {
    const headers = { "x-business-use-case-usage": usage(["pages", 19]) };
    expect((await refused({ code: 100 }, 400, headers)).detail).not.toHaveProperty("retryAfterMs");
  });
});

it("keeps the platform's words, and any token in them, out of the error", async () => {
  const error = await refused({ code: 100, error_user_msg: secret, error_user_title: secret });
  expect(`${error.message}${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toContain(
    secret,
  );
});
