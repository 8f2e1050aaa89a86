import { describe, expect, it, test } from "@jest/globals";
import { classify, refusalIn } from "./errors.ts";

const said = (code: string, message = "words", more: object = {}) => ({
  json: { errors: [[code, message, "field"]], ...more },
});

describe("a refusal inside a 200", () => {
  test.each([
    ["USER_REQUIRED", "unauthorized", "login_expired"],
    ["SUBREDDIT_NOEXIST", "invalid", "subreddit_unknown"],
    ["SUBREDDIT_NOTALLOWED", "forbidden", "subreddit_closed"],
    ["SUBREDDIT_NO_ACCESS", "forbidden", "subreddit_closed"],
    ["BANNED_FROM_SUBREDDIT", "forbidden", "banned_from_subreddit"],
    ["USER_BLOCKED", "forbidden", "banned_from_subreddit"],
    ["VERIFIED_USER_REQUIRED", "forbidden", "email_not_verified"],
    ["NO_SELFS", "invalid", "text_not_allowed"],
    ["NO_LINKS", "invalid", "link_not_allowed"],
    ["NO_IMAGES", "invalid", "image_not_allowed"],
    ["IMAGES_NOTALLOWED", "invalid", "image_not_allowed"],
    ["NO_VIDEOS", "invalid", "video_not_allowed"],
    ["VIDEOS_NOTALLOWED", "invalid", "video_not_allowed"],
    ["GALLERIES_DISABLED", "invalid", "gallery_not_allowed"],
    ["RATELIMIT", "rate_limited", "ratelimit"],
    ["SUBREDDIT_RATELIMIT", "rate_limited", "ratelimit"],
    ["QUOTA_FILLED", "rate_limited", "ratelimit"],
    ["ALREADY_SUB", "invalid", "duplicate"],
    ["SUBMIT_VALIDATION_LINK_REPOST", "invalid", "duplicate"],
    ["NO_TEXT", "invalid", "text_missing"],
    ["TOO_LONG", "invalid", "text_too_long"],
    ["BAD_URL", "invalid", "link_invalid"],
    ["NO_URL", "invalid", "link_invalid"],
    ["INVALID_OPTION", "invalid", "refused"],
    ["SUBMIT_VALIDATION_FLAIR_REQUIRED", "invalid", "flair_required"],
    ["BAD_FLAIR_TARGET", "invalid", "flair_unknown"],
    ["SUBMIT_VALIDATION_TITLE_MIN_LENGTH", "invalid", "title_refused"],
    ["SUBMIT_VALIDATION_BODY_REQUIRED", "invalid", "body_refused"],
    ["SUBMIT_VALIDATION_LINK_BLACKLIST", "invalid", "link_refused"],
    ["SUBMIT_VALIDATION_ANYTHING_ELSE", "invalid", "subreddit_rules"],
    ["MISSING_VIDEO_URLS", "invalid", "media_refused"],
    ["BAD_IMAGE", "invalid", "media_refused"],
    ["DOMAIN_BANNED", "invalid", "link_refused"],
    ["IN_TIMEOUT", "forbidden", "user_suspended"],
    ["BAD_CAPTCHA", "forbidden", "captcha"],
    ["THREAD_LOCKED", "forbidden", "locked"],
    ["TOO_OLD", "forbidden", "locked"],
    ["DELETED_LINK", "invalid", "not_found"],
    ["DELETED_COMMENT", "invalid", "not_found"],
    ["NOT_AUTHOR", "forbidden", "not_author"],
    ["SOMETHING_NEW", "invalid", "refused"],
  ])("%s: %s", (code, kind, ours) => {
    expect(refusalIn(said(code))).toMatchObject({ kind, detail: { status: 200, code: ours } });
  });

  test.each([
    ["none", { json: { errors: [], data: {} } }],
    ["nothing at all", {}],
  ])("is not seen in %s", (_name, answer) => {
    expect(refusalIn(answer)).toBeUndefined();
  });

  test.each([
    ["a post beside it", said("SOMETHING_NEW", "words", { data: { id: "abc" } })],
    ["no list", { json: { errors: { a: 1 } } }],
    ["no code", { json: { errors: [[]] } }],
  ])("with %s tells us nothing", (_name, answer) => {
    expect(refusalIn(answer)).toMatchObject({ kind: "unavailable", detail: { code: "unreadable_answer" } });
  });

  test.each([
    ["seconds beside it", "Take a break for 14 minutes", { ratelimit: 538.2 }, 538_200],
    ["minutes in words, rounded down", "try again in 9 minutes.", {}, 600_000],
    ["one minute", "Take a break for 1 minute before trying again", {}, 120_000],
    ["seconds in words", "try again in 42 seconds", {}, 43_000],
    ["an hour", "You've submitted too many links recently. Please try again in an hour.", {}, 3_600_000],
    ["nothing", "you are doing that too much", {}, undefined],
  ])("asks to wait, with %s", (_name, message, more, retryAfterMs) => {
    expect(refusalIn(said("RATELIMIT", message, more))?.detail.retryAfterMs).toBe(retryAfterMs);
  });
});

describe("an answer that is not 2xx", () => {
  const answer = (status: number, body?: unknown, headers: Record<string, string> = {}) =>
    new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });

  test.each([
    ["a dead token", answer(401, { message: "Unauthorized", error: 401 }), "unauthorized", "login_expired"],
    ["a no", answer(403, { message: "Forbidden", error: 403 }), "forbidden", "forbidden"],
    ["a page", answer(403, "<html>blocked</html>"), "forbidden", "forbidden"],
    ["a private subreddit", answer(403, { reason: "private" }), "forbidden", "subreddit_closed"],
    ["a closed subreddit", answer(404, { reason: "banned" }), "invalid", "subreddit_banned"],
    ["nothing there", answer(404, { message: "Not Found", error: 404 }), "invalid", "not_found"],
    ["a rule", answer(400, { reason: "SUBMIT_VALIDATION_TITLE_REGEX" }), "invalid", "title_refused"],
    ["a bad request", answer(400, "<html>"), "invalid", "refused"],
    ["too much", answer(413), "invalid", "too_large"],
    ["haste", answer(429, "<html>"), "rate_limited", "too_many_requests"],
    ["trouble", answer(500), "unavailable", undefined],
    ["a full house", answer(503, "<html>"), "unavailable", undefined],
    ["somebody between", answer(522), "unavailable", undefined],
    ["a time-out", answer(408), "unavailable", undefined],
    ["a conflict", answer(409, { reason: "CONFLICT" }), "unavailable", undefined],
    ["another address", answer(302), "unavailable", undefined],
  ])("%s", async (_name, response, kind, code) => {
    const error = await classify(response);
    expect(error).toMatchObject({ name: "PublishError", kind });
    expect(error.detail.code).toBe(code);
  });

  it("a login that may not do this is told so", async () => {
    const scope = { "www-authenticate": 'Bearer realm="reddit", error="insufficient_scope"' };
    expect(await classify(answer(403, {}, scope))).toMatchObject({ detail: { code: "missing_scope" } });
  });

  it("shows nobody what Reddit wrote", async () => {
    const error = await classify(answer(400, { explanation: "a secret: abc", reason: "abc" }));
    expect(`${error}${JSON.stringify(error)}`).not.toContain("abc");
  });
});
