import { describe, expect, it } from "@jest/globals";
import { classify } from "./errors.ts";

const now = new Date("2026-12-01T12:00:00Z"); // seven in the morning in New York
const untilMidnight = 17 * 60 * 60_000;

describe("what Tumblr's answers mean", () => {
  it.each<[number, number, string, string | undefined, number | undefined]>([
    [400, 0, "invalid", "refused", undefined],
    [400, 8001, "invalid", "format_invalid", undefined],
    [400, 8002, "invalid", "not_found", undefined],
    [400, 8005, "invalid", "media_type", undefined],
    [400, 8016, "invalid", "format_invalid", undefined],
    [401, 0, "unauthorized", undefined, undefined],
    [401, 1016, "unauthorized", undefined, undefined],
    [403, 0, "forbidden", undefined, undefined],
    [403, 8004, "rate_limited", "daily_media", undefined],
    [403, 8008, "invalid", "media_type", undefined],
    [403, 8010, "rate_limited", "video_processing", 180_000],
    [403, 8011, "rate_limited", "daily_videos", undefined],
    [403, 8022, "rate_limited", "queue_full", undefined],
    [403, 8023, "rate_limited", "daily_posts", untilMidnight],
    [404, 0, "invalid", "not_found", undefined],
    [413, 0, "invalid", "media_too_large", undefined],
    [429, 0, "rate_limited", undefined, undefined],
    [408, 0, "unavailable", undefined, undefined],
    [409, 8001, "unavailable", undefined, undefined],
    [302, 0, "unavailable", undefined, undefined],
    [500, 8006, "unavailable", undefined, undefined],
    [500, 8009, "unavailable", undefined, undefined],
    [503, 0, "unavailable", undefined, undefined],
  ])("%i.%i: %s", async (status, subcode, kind, code, retryAfterMs) => {
    const said = "Hit a glitch. Try again.";
    const body = {
      meta: { status, msg: "No" },
      response: [],
      errors: [{ title: "No", code: subcode, detail: said }],
    };
    const error = await classify(Response.json(body, { status }), now);
    expect([error.kind, error.detail]).toEqual([
      kind,
      { status, ...(code && { code }), ...(retryAfterMs && { retryAfterMs }) },
    ]);
    expect(error.message).not.toContain(said);
  });

  it.each<[string, string]>([
    ["none", ""],
    ["a page", "<html><h1>403 Forbidden</h1></html>"],
    ["cut off", '{"meta":{"status":403,"msg":"Forb'],
    ["a list", "[]"],
    ["a null", "null"],
    ["errors that are none", '{"errors":[null]}'],
    ["a code in letters", '{"errors":[{"code":"8004"}]}'],
  ])("a refusal remains one when its body is %s", async (_what, body) => {
    const { kind, detail } = await classify(new Response(body, { status: 403 }), now);
    expect([kind, detail]).toEqual(["forbidden", { status: 403 }]);
  });

  it("too many requests: as long as the headers say", async () => {
    const headers = { "x-ratelimit-perhour-remaining": "0", "x-ratelimit-perhour-reset": "753" };
    const { kind, detail } = await classify(new Response("{}", { status: 429, headers }), now);
    expect([kind, detail]).toEqual(["rate_limited", { status: 429, retryAfterMs: 753_000 }]);
  });
});
