import { describe, expect, it, test } from "@jest/globals";
import type { PublishErrorKind } from "../../domain/decide.ts";
import type { OAuthPlace, TokenSet } from "../contract/oauth.ts";
import type { GraphPlatform } from "./graph-errors.ts";
import { longLived, refusedLogin } from "./graph-login.ts";

const platform: GraphPlatform = { name: "Meta", useCase: null, refusals: {} };
const secret = "EAA-the-token-itself";
const dayMs = 86_400_000;
const now = new Date("2026-11-20T12:00:00Z");

const answered = (body: unknown, status = 400) => new Response(JSON.stringify(body), { status });
const graph = (message: string, code: number, subcode?: number) =>
  answered({
    error: {
      message: `${message} ${secret}`,
      type: "OAuthException",
      code,
      ...(subcode && { error_subcode: subcode }),
    },
  });
const older = (message: string) =>
  answered({ error_type: "OAuthException", code: 400, error_message: `${message} ${secret}` });

describe("a token endpoint's no", () => {
  test.each<[string, Response, PublishErrorKind, RegExp]>([
    ["a used code", graph("This authorization code has been used.", 100, 36009), "unauthorized", /again/],
    ["an old code", graph("This authorization code has expired.", 100, 36007), "unauthorized", /again/],
    ["an ended token", graph("Session has expired", 190, 463), "unauthorized", /connect the account again/],
    ["a used code, older", older("Matching code was not found or was already used"), "unauthorized", /again/],
    ["a wrong secret", graph("Error validating client secret.", 1), "forbidden", /operator must check/],
    ["the same as 100", graph("Error validating client secret.", 100), "forbidden", /operator must check/],
    ["the same, older", older("Error validating client secret."), "forbidden", /operator must check/],
    ["a wrong id", graph("Invalid client_id", 101), "forbidden", /operator must check/],
    ["the same as 190", graph("Error validating application. x", 190), "forbidden", /operator must check/],
    ["the same, older", older("Invalid platform app"), "forbidden", /operator must check/],
    ["another address", graph("Your redirect_uri is not identical", 100, 36008), "forbidden", /register/],
    ["a missing permission", graph("(#10) Not allowed", 10), "forbidden", /permission/],
    ["too many calls", graph("(#4) Limit", 4), "rate_limited", /slow down/],
    ["a bad minute", graph("An unknown error", 1), "unavailable", /trouble/],
    ["a server error", answered({}, 503), "unavailable", /trouble/],
    ["a proxy's page", new Response("<html>", { status: 403 }), "unavailable", /few minutes/],
  ])("%s", async (_what, answer, kind, words) => {
    const error = await refusedLogin(answer, platform);
    expect([error.kind, error.message]).toEqual([kind, expect.stringMatching(words)]);
    expect(JSON.stringify([error.message, error.detail])).not.toContain(secret);
  });
});

describe("a token that gives its own successor", () => {
  const { renew } = longLived(platform, "th");
  const app = { clientId: "1", clientSecret: "s" };
  const tokenThatEnds = (inMs: number): TokenSet => ({
    accessToken: secret,
    refreshToken: null,
    expiresAt: new Date(now.getTime() + inMs),
    scopes: ["threads_basic"],
  });
  const asking = (answer?: Response): OAuthPlace => ({
    baseUrl: { api: "https://graph.example", web: "https://example.org" },
    now: () => now,
    signal: AbortSignal.timeout(1000),
    fetch: () => (answer ? Promise.resolve(answer) : Promise.reject(new Error("Nothing may be asked"))),
  });

  it.each([
    ["in its first day", 59.5 * dayMs],
    ["after its last", -1],
  ])("is not asked for one %s", async (_when, leftMs) => {
    const renewing = renew(tokenThatEnds(leftMs), app, asking());
    await expect(renewing).rejects.toMatchObject({
      kind: "unauthorized",
      message: expect.stringContaining("again"),
    });
  });

  it("keeps what else is known, and ends when the platform says, or in 60 days", async () => {
    const told = await renew(
      tokenThatEnds(5 * dayMs),
      app,
      asking(answered({ access_token: "new", expires_in: 100 }, 200)),
    );
    expect(told).toEqual({
      ...tokenThatEnds(0),
      accessToken: "new",
      expiresAt: new Date(now.getTime() + 100_000),
    });
    const untold = await renew(tokenThatEnds(5 * dayMs), app, asking(answered({ access_token: "new" }, 200)));
    expect(untold.expiresAt).toEqual(new Date(now.getTime() + 60 * dayMs));
  });

  it.each<[string, Response, PublishErrorKind]>([
    ["the token is dead", graph("Invalid OAuth access token", 190), "unauthorized"],
    ["it will not, for a reason of its own", graph("Too young", 100), "forbidden"],
    ["or without a code", answered({ error: { type: "OAuthException" } }), "forbidden"],
    ["the platform is down", answered({}, 502), "unavailable"],
    ["or gives no token", answered({ ok: true }, 200), "unavailable"],
  ])("counts as over only where it says so: %s", async (_why, answer, kind) => {
    await expect(renew(tokenThatEnds(5 * dayMs), app, asking(answer))).rejects.toMatchObject({ kind });
  });
});
