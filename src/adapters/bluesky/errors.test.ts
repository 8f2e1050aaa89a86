import { describe, expect, it } from "@jest/globals";
import { classify } from "./errors.ts";

const now = new Date("2026-11-20T12:00:00Z");
const none = new Headers();
const no = (status: number, error?: string, message = "", headers = none) =>
  classify(status, headers, { error, message }, now);

describe("what a server's no means", () => {
  it.each<[number, string, string, string, string]>([
    [
      401,
      "AuthenticationRequired",
      "Invalid identifier or password",
      "unauthorized",
      "AuthenticationRequired",
    ],
    [
      401,
      "AuthFactorTokenRequired",
      "A sign in code has been sent",
      "unauthorized",
      "AuthFactorTokenRequired",
    ],
    [401, "AuthMissing", "Authentication Required", "unauthorized", "AuthMissing"],
    [400, "ExpiredToken", "Token has expired", "unauthorized", "ExpiredToken"],
    [400, "InvalidToken", "Token could not be verified", "unauthorized", "InvalidToken"],
    [401, "AccountTakedown", "Account has been taken down", "forbidden", "AccountTakedown"],
    [401, "AccountDeactivated", "Account is deactivated", "forbidden", "AccountDeactivated"],
    [403, "AccountNotFound", "Account not found", "unauthorized", "AccountNotFound"],
    [403, "SomethingElse", "", "forbidden", "SomethingElse"],
    [400, "InvalidSwap", "Record was at bafy", "invalid", "duplicate"],
    [400, "RecordNotFound", "Could not locate record: at://x", "invalid", "not_found"],
    [400, "InvalidRequest", "Could not locate record: at://x", "invalid", "not_found"],
    [400, "BlobNotFound", "Could not find blob: bafk", "invalid", "media_gone"],
    [400, "BlobTooLarge", "too large", "invalid", "media_too_large"],
    [400, "InvalidMimeType", "Referenced Mimetype does not match", "invalid", "media_type"],
    [
      400,
      "InvalidRequest",
      "grapheme too big (maximum 300, got 301) at $.record.text",
      "invalid",
      "text_too_long",
    ],
    [
      400,
      "InvalidRequest",
      "string too big (maximum 3000, got 3600) at $.record.text",
      "invalid",
      "text_too_long",
    ],
    [400, "InvalidRequest", "Record/text must not be longer than 300 graphemes", "invalid", "text_too_long"],
    [400, "InvalidRequest", "Invalid language at $.record.langs[0]", "invalid", "option_invalid"],
    [400, "InvalidRequest", "Invalid uri at $.record.embed.external.uri", "invalid", "media_refused"],
    [400, "InvalidRequest", "anything", "invalid", "InvalidRequest"],
    [413, "PayloadTooLarge", "request entity too large", "invalid", "media_too_large"],
    [500, "InternalServerError", "Internal Server Error", "unavailable", "InternalServerError"],
    [502, "UpstreamFailure", "Upstream service unreachable", "unavailable", "UpstreamFailure"],
  ])("%d %s %s: %s", (status, error, message, kind, code) => {
    expect(no(status, error, message)).toMatchObject({ kind, detail: { status, code } });
  });

  it.each([400, 404, 405, 422])("a %d without a name is nobody's no", (status) => {
    expect(no(status)).toMatchObject({ kind: "unavailable" });
  });

  it.each([301, 308, 500, 503])("a bare %d is no answer", (status) => {
    expect(no(status)).toMatchObject({ kind: "unavailable", detail: { status } });
  });

  it("a name is taken over, a sentence with a token in it is not", () => {
    expect(no(400, "Bad token eyJhbGciOi.J9").detail.code).toBeUndefined();
    expect(no(403, "Bad token eyJhbGciOi.J9", "eyJhbGciOi.J9").message).not.toMatch(/eyJ/);
  });
});

describe("too many requests", () => {
  it("waits as long as the server says, in seconds or until a Unix time", () => {
    const reset = String(Math.floor(now.getTime() / 1000) + 60);
    expect(no(429, "RateLimitExceeded", "", new Headers({ "retry-after": "290" })).detail.retryAfterMs).toBe(
      290_000,
    );
    expect(
      no(429, "RateLimitExceeded", "", new Headers({ "ratelimit-reset": reset })).detail.retryAfterMs,
    ).toBe(60_000);
  });

  it("makes up no time where none is named", () => {
    expect(no(429)).toMatchObject({ kind: "rate_limited", detail: { status: 429 } });
    expect(no(429).detail.retryAfterMs).toBeUndefined();
    const date = new Headers({ "retry-after": "Fri, 20 Nov 2026 12:01:00 GMT" });
    expect(no(429, undefined, "", date).detail.retryAfterMs).toBeUndefined();
  });
});
