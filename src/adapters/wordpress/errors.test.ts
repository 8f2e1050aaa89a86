import { describe, expect, it } from "@jest/globals";
import { classify } from "./errors.ts";

const now = new Date("2026-12-01T12:00:00Z");

describe("what WordPress's answers mean", () => {
  it.each([
    [401, "incorrect_password", "unauthorized", undefined],
    [401, "rest_cannot_create", "unauthorized", undefined],
    [401, undefined, "unauthorized", undefined],
    [403, "rest_cannot_publish", "forbidden", "not_allowed"],
    [403, "rest_user_cannot_delete_post", "forbidden", "not_allowed"],
    [403, "rest_forbidden_context", "forbidden", "not_allowed"],
    [403, "rest_cannot_assign_term", "forbidden", "not_allowed"],
    [403, "wordfence_blocked", "forbidden", "not_allowed"],
    [400, "rest_cannot_create", "forbidden", "not_allowed"], // of uploads
    [403, undefined, "forbidden", "blocked_by_host"],
    [405, undefined, "forbidden", "blocked_by_host"],
    [406, undefined, "forbidden", "blocked_by_host"],
    [404, undefined, "forbidden", "no_api"],
    [404, "rest_no_route", "forbidden", "no_api"],
    [404, "rest_post_invalid_id", "invalid", "not_found"],
    [404, "rest_comment_invalid_id", "invalid", "not_found"],
    [410, "rest_already_trashed", "invalid", "not_found"],
    [403, "rest_comment_invalid_post_id", "invalid", "parent_gone"],
    [403, "rest_comment_trash_post", "invalid", "parent_gone"],
    [403, "rest_comment_closed", "invalid", "comments_closed"],
    [400, "rest_comment_content_invalid", "invalid", "text_missing"],
    [400, "comment_content_column_length", "invalid", "text_too_long"],
    [409, "comment_duplicate", "invalid", "duplicate"],
    [400, "empty_content", "invalid", "text_missing"],
    [400, "rest_invalid_param", "invalid", undefined],
    [400, undefined, "invalid", undefined],
    [400, "rest_upload_file_too_big", "invalid", "media_too_large"],
    [400, "rest_upload_limited_space", "forbidden", "site_full"],
    [413, undefined, "invalid", "too_large"],
    [408, undefined, "unavailable", undefined],
    [418, "teapot", "unavailable", undefined],
    [301, undefined, "unavailable", undefined],
    [500, undefined, "unavailable", undefined],
    [500, "internal_server_error", "unavailable", undefined],
    [500, "rest_cannot_delete", "unavailable", undefined],
    [500, "rest_upload_sideload_error", "unavailable", "file_refused"],
    [501, "rest_trash_not_supported", "unavailable", "no_trash"],
    [503, undefined, "unavailable", undefined],
  ])("%i %s: %s", (status, code, kind, ours) => {
    const { kind: got, detail, message } = classify(new Response(null, { status }), code, now);
    expect([got, detail]).toEqual([kind, ours === undefined ? { status } : { status, code: ours }]);
    if (code !== undefined) expect(message).not.toContain(code);
    expect(message.length).toBeLessThan(300);
  });

  it.each([
    ["120", 120_000],
    ["0", 0],
    ["Tue, 01 Dec 2026 12:05:00 GMT", 300_000],
    ["Tue, 01 Dec 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("429 with Retry-After %s: wait %s ms", (retryAfter, retryAfterMs) => {
    const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
    const { kind, detail } = classify(new Response(null, { status: 429, headers }), undefined, now);
    expect([kind, detail.retryAfterMs]).toEqual(["rate_limited", retryAfterMs]);
  });

  it("a flood of comments passes in 15 seconds", () => {
    expect(classify(new Response(null, { status: 400 }), "comment_flood", now)).toMatchObject({
      kind: "rate_limited",
      detail: { retryAfterMs: 15_000 },
    });
  });
});
