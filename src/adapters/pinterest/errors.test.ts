import { describe, expect, it, test } from "@jest/globals";
import { classify } from "./errors.ts";

const dead = { code: 2, message: "Authentication failed." };
const trial = {
  code: 29,
  message:
    "Apps with Trial access may not create Pins in production https://api.pinterest.com - use API Sandbox https://api-sandbox.pinterest.com instead.",
};
const block = "Sorry! You've hit a block we have in place to combat spam. Please try again later.";
const says = (message: string) => ({ code: 1, message });

describe("every refusal of Pinterest leads to the right step", () => {
  test.each<[string, number, unknown, string, string | undefined]>([
    ["a dead token", 401, dead, "unauthorized", "2"],
    ["a dead token, without a body", 401, undefined, "unauthorized", undefined],
    [
      "a feature the app has not, which no new login cures",
      401,
      { code: 3, message: "Your application does not have access to this restricted feature." },
      "forbidden",
      "restricted_feature",
    ],
    ["an app with trial access", 403, trial, "forbidden", "trial_access"],
    [
      "somebody else's board",
      403,
      { code: 29, message: "You are not permitted to access that resource." },
      "forbidden",
      "29",
    ],
    ["a board that is gone", 404, { code: 40, message: "Board not found." }, "invalid", "board_unknown"],
    ["a Pin that is gone", 404, { code: 404, message: "Pin not found." }, "invalid", "not_found"],
    ["anything that is gone, without a body", 404, undefined, "invalid", "not_found"],
    ["a WebP", 400, says("The format of the image is not supported"), "invalid", "image_format"],
    ["six pictures", 400, says("[...] is too long, constraint: maxItems=5"), "invalid", "too_many_media"],
    ["a long text", 400, says("'Stop spam. Invalid link. …' is too long"), "invalid", "text_too_long"],
    ["a link that is none", 400, says("Invalid URL"), "invalid", "link_invalid"],
    ["unlike pictures", 400, says("Images must have the same dimensions"), "invalid", "media_aspect"],
    ["anything else it does not take", 400, says("Nope"), "invalid", "1"],
    ["anything else, without a body", 400, undefined, "invalid", undefined],
    [
      "too many requests",
      429,
      { code: 8, message: "You have exceeded your rate limit." },
      "rate_limited",
      "8",
    ],
    ["spam that looks like too many requests", 429, { code: 9, message: block }, "forbidden", "spam"],
    ["spam, said in the detail", 429, { message: "Failed", message_detail: block }, "forbidden", "spam"],
    ["a server in between", 413, "<html>", "unavailable", undefined],
    ["a status that is not documented", 409, says("Conflict"), "unavailable", undefined],
    ["a redirect", 302, undefined, "unavailable", undefined],
    ["trouble", 503, undefined, "unavailable", undefined],
  ])("%s", async (_what, status, body, kind, code) => {
    const error = await classify(answer(status, body));
    expect([error.kind, error.detail.code, error.detail.status]).toEqual([kind, code, status]);
    expect(error.message.length).toBeLessThan(250);
  });

  it("in our words: Pinterest's may repeat what was sent", async () => {
    const secret = "pina_0123456789abcdef";
    for (const status of [400, 401, 403, 404, 429]) {
      const { message, detail } = await classify(answer(status, says(`'${secret}' is too long`)));
      expect(`${message} ${JSON.stringify(detail)}`).not.toContain(secret);
    }
  });
});

describe("how long Pinterest asks us to wait", () => {
  test.each([
    ["42", 42_000],
    ['42, 60;w=60;name="org_write_app_id_user_id"', 42_000],
    [null, undefined],
    ["soon", undefined],
  ])("%s", async (header, expected) => {
    const headers = header === null ? {} : { "x-ratelimit-reset": header };
    const { detail } = await classify(answer(429, undefined, headers));
    expect(detail.retryAfterMs).toBe(expected);
  });

  it("is nothing where waiting does not help", async () => {
    const { detail } = await classify(answer(429, { message: block }, { "x-ratelimit-reset": "42" }));
    expect(detail.retryAfterMs).toBeUndefined();
  });
});

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  if (status === 302) return { status, headers: new Headers(), json: async () => null } as Response;
  return new Response(body === undefined ? "" : JSON.stringify(body), { status, headers });
}
