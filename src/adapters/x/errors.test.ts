import { describe, expect, it, test } from "@jest/globals";
import { classify } from "./errors.ts";

const now = new Date("2026-11-20T12:00:00Z");
const problems = "https://api.twitter.com/2/problems";
const invalidRequest = (message: string) => ({
  errors: [{ message, parameters: { "media.media_ids": ["[1]"] } }],
  title: "Invalid Request",
  detail: "One or more parameters to your request was invalid.",
  type: `${problems}/invalid-request`,
});
const forbidden = (detail: string) => ({ title: "Forbidden", detail, type: "about:blank", status: 403 });
const credits = {
  account_id: 1,
  title: "CreditsDepleted",
  detail: "Your enrolled account [1] does not have any credits to fulfill this request.",
  type: `${problems}/credits`,
};

describe("every refusal X documents leads to the right step", () => {
  test.each<[string, number, unknown, string, string | undefined]>([
    [
      "a dead token",
      401,
      { title: "Unauthorized", type: "about:blank", status: 401 },
      "unauthorized",
      undefined,
    ],
    [
      "a dead token, the old way",
      401,
      { errors: [{ code: 89, message: "Invalid or expired token." }] },
      "unauthorized",
      undefined,
    ],
    [
      "a dead refresh token",
      400,
      { error: "invalid_request", error_description: "Value passed for the token was invalid." },
      "unauthorized",
      "invalid-token",
    ],
    ["no credits", 402, credits, "forbidden", "credits"],
    ["no credits, with another status", 403, credits, "forbidden", "credits"],
    ["no credits, without a body", 402, undefined, "forbidden", "credits"],
    [
      "the wrong kind of token",
      403,
      { title: "Unsupported Authentication", type: `${problems}/unsupported-authentication` },
      "forbidden",
      "unsupported-authentication",
    ],
    [
      "an app that may only read",
      403,
      { title: "Forbidden", type: "https://api.x.com/2/problems/oauth1-permissions" },
      "forbidden",
      "oauth1-permissions",
    ],
    [
      "an app that is not enrolled",
      403,
      { title: "Client Forbidden", reason: "client-not-enrolled", type: `${problems}/client-forbidden` },
      "forbidden",
      "client-forbidden",
    ],
    [
      "somebody else's post",
      403,
      { title: "Not Authorized", type: `${problems}/not-authorized-for-resource` },
      "forbidden",
      "not-authorized-for-resource",
    ],
    [
      "a duplicate",
      403,
      forbidden("You are not allowed to create a Tweet with duplicate content."),
      "invalid",
      "duplicate",
    ],
    [
      "a duplicate, the old way",
      403,
      { errors: [{ code: 187, message: "Status is a duplicate content." }] },
      "invalid",
      "duplicate",
    ],
    [
      "the reason that is none",
      403,
      forbidden("You are not permitted to perform this action."),
      "invalid",
      "not-permitted",
    ],
    [
      "a closed conversation",
      403,
      forbidden(
        "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.",
      ),
      "forbidden",
      "reply-restricted",
    ],
    [
      "a closed quotation",
      403,
      forbidden("Quoting this post is not allowed because you have not been mentioned."),
      "forbidden",
      "reply-restricted",
    ],
    [
      "an answer to nothing",
      403,
      forbidden("You attempted to reply to a Tweet that is deleted or not visible to you."),
      "invalid",
      "reply-target-gone",
    ],
    [
      "a suspended account",
      403,
      { title: "Forbidden", reason: "user-suspended", type: "about:blank" },
      "forbidden",
      "user-suspended",
    ],
    [
      "a restricted account",
      403,
      forbidden("Your account is not permitted to access this feature."),
      "forbidden",
      "feature-not-permitted",
    ],
    [
      "a locked account",
      403,
      forbidden("this account is temporarily locked."),
      "forbidden",
      "account-locked",
    ],
    [
      "what looks like spam",
      403,
      forbidden("This request looks like it might be automated."),
      "forbidden",
      "automated",
    ],
    [
      "a day's limit",
      403,
      forbidden("User is over daily status update limit."),
      "rate_limited",
      "daily-limit",
    ],
    [
      "two cashtags",
      403,
      forbidden("Posts are limited to a maximum of one cashtag"),
      "invalid",
      "too-many-cashtags",
    ],
    ["a bad link", 400, invalidRequest("The Tweet contains an invalid URL."), "invalid", "invalid-url"],
    ["unknown media", 400, invalidRequest("Your media IDs are invalid."), "invalid", "invalid-media"],
    [
      "too many media",
      400,
      invalidRequest("$.media.media_ids: there must be a maximum of 4 items in the array"),
      "invalid",
      "invalid-media",
    ],
    ["a forgotten upload", 400, invalidRequest("BadRequest: Not found"), "invalid", "invalid-media"],
    [
      "a long video",
      403,
      forbidden("This user is not allowed to post a video longer than 20 minutes."),
      "invalid",
      "video-too-long",
    ],
    [
      "a field X does not know",
      400,
      invalidRequest("$.foo: is not defined in the schema"),
      "invalid",
      "invalid-request",
    ],
    [
      "something that is not there",
      404,
      { title: "Not Found Error", type: "https://api.x.com/2/problems/resource-not-found" },
      "invalid",
      "resource-not-found",
    ],
    ["any other no", 403, forbidden("Forbidden"), "forbidden", undefined],
    ["a no without words", 403, undefined, "forbidden", undefined],
    ["a file the front door refuses", 413, undefined, "invalid", undefined],
    [
      "a quota",
      429,
      { title: "UsageCapExceeded", period: "Monthly", scope: "Account", type: `${problems}/usage-capped` },
      "rate_limited",
      "usage-capped",
    ],
    [
      "haste",
      429,
      { title: "Too Many Requests", type: "about:blank", status: 429 },
      "rate_limited",
      undefined,
    ],
    [
      "haste, the old way",
      429,
      { errors: [{ code: 88, message: "Rate limit exceeded" }] },
      "rate_limited",
      undefined,
    ],
    ["a stream's conflict", 409, { title: "Conflict" }, "unavailable", undefined],
    ["a time-out", 408, undefined, "unavailable", undefined],
    ["a redirect", 307, undefined, "unavailable", undefined],
    [
      "trouble",
      500,
      { title: "Internal Server Error", type: `${problems}/internal-error` },
      "unavailable",
      undefined,
    ],
    ["trouble in front", 502, undefined, "unavailable", undefined],
    ["overload", 503, { errors: [{ code: 130, message: "Over capacity" }] }, "unavailable", undefined],
    ["silence", 504, undefined, "unavailable", undefined],
  ])("%s", async (_name, status, body, kind, code) => {
    const error = await classify(answer(status, body), now);
    expect(error).toMatchObject({ name: "PublishError", kind, detail: { status } });
    expect(error.detail.code).toBe(code);
  });

  it("shows nobody what X wrote", async () => {
    const error = await classify(answer(403, forbidden("a secret: abc")), now);
    expect(`${error}${JSON.stringify(error)}`).not.toContain("abc");
  });

  it("takes a cut-off body for the no it is", async () => {
    const error = await classify(new Response('{"title":"Forb', { status: 403 }), now);
    expect(error.kind).toBe("forbidden");
  });
});

function answer(status: number, body: unknown): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status });
}
