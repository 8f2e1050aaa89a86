import { describe, expect, it } from "@jest/globals";
import { classify } from "./errors.ts";
import { msUntilQuotaDay } from "./quota-day.ts";
import { refusals } from "./refusals.ts";

const now = new Date("2026-12-01T20:00:00Z"); // noon in California
const hourMs = 60 * 60_000;

function answer(status: number, reason: string, domain = "youtube.video") {
  const message = "The platform's own words, with ya29.secret in them";
  const error = { code: status, message, errors: [{ message, domain, reason }] };
  return classify(Response.json({ error }, { status }), now);
}

describe("what YouTube's reasons mean", () => {
  it.each([
    [401, "authError", "unauthorized"],
    [401, "youtubeSignupRequired", "unauthorized"],
    [403, "authenticatedUserAccountClosed", "forbidden"],
    [403, "authenticatedUserAccountSuspended", "forbidden"],
    [403, "accountDelegationForbidden", "forbidden"],
    [403, "channelClosed", "forbidden"],
    [403, "channelSuspended", "forbidden"],
    [403, "insufficientPermissions", "forbidden"],
    [403, "forbidden", "forbidden"],
    [403, "forbiddenPrivacySetting", "forbidden"],
    [403, "forbiddenLicenseSetting", "forbidden"],
    [403, "ineligibleAccount", "forbidden"],
    [403, "quotaExceeded", "rate_limited"],
    [403, "dailyLimitExceeded", "rate_limited"],
    [400, "uploadLimitExceeded", "rate_limited"],
    [429, "uploadRateLimitExceeded", "rate_limited"],
    [403, "rateLimitExceeded", "rate_limited"],
    [403, "userRateLimitExceeded", "rate_limited"],
    [429, "somethingNew", "rate_limited"],
    [400, "invalidTitle", "invalid"],
    [400, "invalidDescription", "invalid"],
    [400, "invalidTags", "invalid"],
    [400, "invalidVideoMetadata", "invalid"],
    [400, "mediaBodyRequired", "invalid"],
    [400, "invalidImage", "invalid"],
    [400, "imageTooWide", "invalid"],
    [400, "processingFailure", "invalid"],
    [400, "missingRequiredParameter", "invalid"],
    [403, "commentsDisabled", "invalid"],
    [403, "playlistContainsMaximumNumberOfVideos", "invalid"],
    [404, "playlistNotFound", "invalid"],
    [404, "videoNotFound", "invalid"],
  ])("%i %s: %s", async (status, reason, kind) => {
    const error = await answer(status, reason);
    expect(error).toMatchObject({ kind, detail: { status, code: reason } });
    expect(error.message).not.toMatch(/own words|ya29/);
  });

  it.each([408, 409, 412, 418])("%i is on no page of YouTube's: we do not know", async (status) => {
    expect(await answer(status, "aborted")).toMatchObject({ kind: "unavailable", detail: { status } });
  });

  it.each([301, 308, 500, 502, 503, 504])(
    "%i says nothing about the request, whatever stands in it",
    async (status) => {
      const page = await classify(new Response("<html>Error</html>", { status }), now);
      expect(page).toMatchObject({ kind: "unavailable", detail: { status } });
      expect(await answer(status, "videoNotFound")).toMatchObject({
        kind: "unavailable",
        detail: { status },
      });
    },
  );

  it.each([
    ["a page", "<html><h1>403 Forbidden</h1></html>"],
    ["nothing", ""],
    ["half an answer", '{"error":{"code":40'],
    ["another shape", '{"error":"invalid_grant","error_description":"Token has been revoked."}'],
    ["a null", "null"],
    ["a reason that is none", '{"error":{"errors":[{"reason":"ya29.a0AfB_by-secret"}]}}'],
  ])("a refusal remains one with %s in place of its body", async (_what, body) => {
    const error = await classify(new Response(body, { status: 403 }), now);
    expect(error).toMatchObject({ kind: "forbidden", detail: { status: 403 } });
    expect(error.detail.code).toBeUndefined();
  });

  it("every message is one for a person, without a name of a field or an address", () => {
    for (const { message } of Object.values(refusals)) {
      expect(message.length).toBeLessThan(200);
      expect(message).not.toMatch(/[a-z][A-Z](?<!YouT)|https?:|\.$/);
    }
  });
});

describe("YouTube names no time; its pages do", () => {
  it("a quota starts anew at midnight in California", async () => {
    for (const reason of ["quotaExceeded", "dailyLimitExceeded"])
      expect((await answer(403, reason)).detail.retryAfterMs).toBe(12 * hourMs);
  });

  it("a channel may upload again a day later", async () => {
    expect((await answer(400, "uploadLimitExceeded")).detail.retryAfterMs).toBe(24 * hourMs);
  });

  it("nothing else is given a time", async () => {
    for (const reason of ["rateLimitExceeded", "userRateLimitExceeded", "uploadRateLimitExceeded"])
      expect((await answer(403, reason)).detail.retryAfterMs).toBeUndefined();
  });

  it.each([
    ["in winter, eight hours behind", "2026-01-15T07:59:00Z", 60_000],
    ["in summer, seven", "2026-07-15T06:59:00Z", 60_000],
    ["at midnight itself, a whole day", "2026-01-15T08:00:00Z", 24 * hourMs],
    ["on the day the clocks go forward, of 23 hours", "2026-03-08T08:00:00Z", 23 * hourMs],
    ["on the day the clocks go back, of 25 hours", "2026-11-01T07:00:00Z", 25 * hourMs],
  ])("%s", (_when, at, ms) => {
    expect(msUntilQuotaDay(new Date(at))).toBe(ms);
  });
});
