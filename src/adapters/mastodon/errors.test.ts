import { describe, expect, it } from "@jest/globals";
import { classify } from "./errors.ts";

const now = new Date("2026-12-01T12:00:00Z");

describe("what Mastodon's answers mean", () => {
  it.each([
    [401, "The access token is invalid", "unauthorized", undefined],
    [403, "This action is outside the authorized scopes", "forbidden", "missing_scope"],
    [403, "Your login is currently disabled", "forbidden", undefined],
    [404, "Record not found", "invalid", "not_found"],
    [410, "", "invalid", "not_found"],
    [400, "", "invalid", undefined],
    [413, "", "invalid", "media_type"],
    [422, "Validation failed: Text can't be blank", "invalid", "text_missing"],
    [422, "Validation failed: Text character limit of 500 exceeded", "invalid", "text_too_long"],
    [422, "Validation failed: File content type is invalid, File is invalid", "invalid", "media_type"],
    [422, "Validation failed: File file size must be less than 16 MB", "invalid", "media_type"],
    [422, "Cannot attach more than 4 files", "invalid", "too_many_media"],
    [422, "Cannot attach a video to a post that already contains images", "invalid", "media_mixed"],
    [
      422,
      "Cannot attach files that have not finished processing. Try again in a moment!",
      "invalid",
      "media_not_ready",
    ],
    [422, "Media 1 not found or already attached to another post", "invalid", "media_gone"],
    [422, "Etwas anderes", "invalid", undefined],
    [408, "", "unavailable", undefined],
    [418, "", "unavailable", undefined],
    [302, "", "unavailable", undefined],
    [500, "Error processing thumbnail for uploaded media", "unavailable", undefined],
    [503, "There was a temporary problem serving your request", "unavailable", undefined],
  ])("%i %s: %s", (status, error, kind, code) => {
    const { kind: got, detail, message } = classify(new Response(null, { status }), error, now);
    expect([got, detail]).toEqual([kind, code === undefined ? { status } : { status, code }]);
    if (error !== "") expect(message).not.toContain(error);
  });

  it.each([
    ["2026-12-01T12:05:00.000000Z", 300_000],
    ["2026-12-01T11:00:00Z", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("429 until %s: wait %s ms", (reset, retryAfterMs) => {
    const headers = reset === undefined ? {} : { "x-ratelimit-reset": reset };
    const { kind, detail } = classify(new Response(null, { status: 429, headers }), "Too many requests", now);
    expect([kind, detail.retryAfterMs]).toEqual(["rate_limited", retryAfterMs]);
  });
});
