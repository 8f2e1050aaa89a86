import { describe, expect, it, test } from "@jest/globals";
import { PublishError } from "../contract/publish-error.ts";
import { classify } from "./errors.ts";

const now = new Date("2026-11-20T12:00:00Z");
const said = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  classify(new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers }), now);

describe("an answer decides what happens next", () => {
  test.each<[number, object, string, string | undefined]>([
    [401, { code: "EMPTY_ACCESS_TOKEN" }, "unauthorized", "login_ended"],
    [401, { code: "ACCESS_DENIED" }, "unauthorized", "login_ended"],
    [403, { code: "ACCESS_DENIED" }, "forbidden", "access_denied"],
    [403, {}, "forbidden", "access_denied"],
    [426, { code: "NONEXISTENT_VERSION" }, "forbidden", "api_version"],
    [426, {}, "forbidden", "api_version"],
    [400, { code: "VERSION_MISSING" }, "forbidden", "api_version"],
    [400, { code: "FIELD_LENGTH_TOO_LONG" }, "invalid", "text_too_long"],
    [400, { code: "INVALID_URN_ID" }, "invalid", "invalid_reference"],
    [400, { code: "INVALID_IMAGE_ID" }, "invalid", "media_gone"],
    [400, { code: "MEDIA_ASSET_PROCESSING_FAILED" }, "invalid", "media_refused"],
    [400, { code: "SOMETHING_NEW" }, "invalid", "invalid_field"],
    [400, { code: "toString" }, "invalid", "invalid_field"],
    [404, { code: "NOT_FOUND" }, "invalid", "not_found"],
    [413, {}, "invalid", "media_refused"],
    [415, {}, "invalid", "media_refused"],
    [422, { code: "UNPROCESSABLE_ENTITY" }, "invalid", "invalid_field"],
    [409, { code: "CONFLICT" }, "unavailable", undefined],
    [408, {}, "unavailable", undefined],
    [302, {}, "unavailable", undefined],
    [500, { code: "ACCESS_DENIED" }, "unavailable", undefined],
    [503, {}, "unavailable", undefined],
  ])("%i %j: %s", async (status, body, kind, code) => {
    const error = await said(status, { status, ...body });
    expect([error.kind, error.detail.code, error.detail.status]).toEqual([kind, code, status]);
    expect(error.detail.notSent).toBeUndefined();
  });

  test.each([
    ["an HTML page", "<html>no</html>"],
    ["nothing", ""],
    ["a null", "null"],
    ["a list", "[]"],
    ["errors of another shape", { errorDetails: { inputErrors: [null, "no"] } }],
  ])("%s instead of an error body leaves the status to speak", async (_what, body) => {
    expect(await said(400, body)).toMatchObject({ kind: "invalid", detail: { code: "invalid_field" } });
    expect(await said(500, body)).toMatchObject({ kind: "unavailable" });
  });

  it("is told in our words: LinkedIn's may repeat a token", async () => {
    const error = await said(400, {
      code: "MISSING_FIELD",
      message: "Bearer secret /commentary :: required",
    });
    expect(`${error.message} ${JSON.stringify(error.detail)}`).not.toMatch(/secret|required/);
  });
});

describe("a no for now is tried again, as proven to have had no effect", () => {
  test.each([
    [404, { message: "Unable to obtain activity for urn: 'urn:li:share:7'" }],
    [404, { message: "… Received error for urn:li:ugcPost:7 from domain authorization endpoint: 404 …" }],
    [400, { code: "MEDIA_ASSET_WAITING_UPLOAD" }],
    [400, { code: "EXPIRED_UPLOAD_URL" }],
    [400, { errorDetails: { inputErrors: [{ code: "UPDATING_ASSET_FAILED" }] } }],
  ])("%i %j", async (status, body) => {
    expect(await said(status, body)).toMatchObject({
      kind: "unavailable",
      detail: { code: "not_ready_yet", notSent: true },
    });
  });
});

describe("a duplicate names what it is a copy of", () => {
  const message = (urn: string) => `com.linkedin.…Exception: Content is a duplicate of ${urn}`;
  const inputErrors = [{ code: "DUPLICATE_POST", description: "Duplicate post is detected" }];

  test.each([
    ["by code and sentence", { message: message("urn:li:share:71411"), errorDetails: { inputErrors } }],
    ["by sentence alone", { message: message("urn:li:share:71411") }],
  ])("%s", async (_how, body) => {
    const error = await said(422, body);
    expect(error).toBeInstanceOf(PublishError);
    expect(error).toMatchObject({
      kind: "invalid",
      detail: { code: "duplicate", handle: "urn:li:share:71411" },
    });
  });

  test.each([
    ["of a video", "urn:li:ugcPost:5", "urn:li:ugcPost:5"],
    ["of something that is no post", "urn:li:person:782bbtaQ", undefined],
    ["of nothing", "", undefined],
  ])("%s", async (_what, urn, handle) => {
    const { detail } = await said(422, { message: message(urn), errorDetails: { inputErrors } });
    expect([detail.code, detail.handle]).toEqual(["duplicate", handle]);
  });
});

describe("a limit is waited for as long as somebody says, and no longer", () => {
  test.each([
    ["LinkedIn, which names no time", {}, undefined],
    ["seconds", { "retry-after": "90" }, 90_000],
    ["a date", { "retry-after": "Fri, 20 Nov 2026 12:02:00 GMT" }, 120_000],
    ["a date that has passed", { "retry-after": "Fri, 20 Nov 2026 11:00:00 GMT" }, undefined],
    ["nonsense", { "retry-after": "soon" }, undefined],
  ])("%s", async (_who, headers, retryAfterMs) => {
    const error = await said(429, { code: "TOO_MANY_REQUESTS" }, headers as Record<string, string>);
    expect([error.kind, error.detail.retryAfterMs]).toEqual(["rate_limited", retryAfterMs]);
  });
});
