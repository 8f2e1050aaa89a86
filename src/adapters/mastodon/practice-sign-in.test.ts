import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type PlatformServer, startPlatformServer } from "../../../test/support/platform-server.ts";
import { askPerson, codeFrom, postForm, type SignInPlace, trade } from "../../../test/support/sign-in-at.ts";
import { practice } from "./practice.ts";
import { scopes } from "./scopes.ts";

const redirectUri = "https://clarion.example/oauth/mastodon/callback?server=0123456789abcdef";
let server: PlatformServer;
let place: SignInPlace;

beforeAll(async () => {
  server = await startPlatformServer(practice);
  place = await register();
});
afterAll(() => server.close());

async function register(changes: Record<string, string> = {}): Promise<SignInPlace> {
  const { body } = await createApp(changes);
  return {
    origin: server.origin,
    authorizePath: "/oauth/authorize",
    tokenPath: "/oauth/token",
    app: { clientId: String(body.client_id), clientSecret: String(body.client_secret) },
    redirectUri,
    scope: changes.scopes ?? scopes.join(" "),
  };
}

function createApp(changes: Record<string, string> = {}) {
  const form = { client_name: "Clarion", redirect_uris: redirectUri, scopes: scopes.join(" "), ...changes };
  return postForm(`${server.origin}/api/v1/apps`, form);
}

describe("the pretend Mastodon takes an app", () => {
  it("and gives it an id and a secret of its own", async () => {
    const [one, two] = [await createApp(), await createApp()];
    expect(one).toMatchObject({ status: 200, body: { redirect_uri: redirectUri, scopes } });
    expect(one.body.client_id).not.toBe(two.body.client_id);
  });

  it.each([
    ["without a name", { client_name: " " }, "Application name can't be blank"],
    ["without an address", { redirect_uris: "" }, "Redirect URI can't be blank"],
    ["with half an address", { redirect_uris: "/callback" }, "Redirect URI must be an absolute URI."],
    [
      "with a scope there is not",
      { scopes: "write:money" },
      "Scopes doesn't match configured on the server.",
    ],
  ])("but not one %s", async (_what, changes, error) => {
    expect(await createApp(changes)).toEqual({
      status: 422,
      body: { error: `Validation failed: ${error}` },
    });
  });
});

describe("the pretend Mastodon asks a person", () => {
  it("only for what the app said it would want", async () => {
    const { back } = await askPerson(place, { scope: "read:accounts write:accounts" });
    expect(back.get("error")).toBe("invalid_scope");
    expect((await askPerson(place)).back.get("code")).toMatch(/.{20}/);
  });

  it("and sends nobody to an address the app did not name", async () => {
    for (const changes of [
      { redirect_uri: "https://evil.example/callback" },
      { redirect_uri: redirectUri.replace("0123", "ffff") },
      { client_id: "nobody" },
    ])
      expect(await askPerson(place, changes)).toMatchObject({
        status: 400,
        text: expect.stringContaining("not known"),
      });
  });
});

describe("the pretend Mastodon trades a code once, for its app, address and verifier", () => {
  const verifier = "v".repeat(43);
  const code_challenge = createHash("sha256").update(verifier).digest("base64url");
  const challenge = { code_challenge, code_challenge_method: "S256" };
  const invalidGrant = { status: 400, body: expect.objectContaining({ error: "invalid_grant" }) };

  it("for a token that does not end", async () => {
    const { status, body } = await trade(place, await codeFrom(place, challenge), {
      code_verifier: verifier,
    });
    expect([status, body.token_type, body.scope]).toEqual([200, "Bearer", scopes.join(" ")]);
    expect(body).not.toHaveProperty("expires_in");
    expect(body).not.toHaveProperty("refresh_token");
  });

  it.each([
    ["another verifier", { code_verifier: "w".repeat(43) }],
    ["no verifier", {}],
    ["another address", { code_verifier: verifier, redirect_uri: "https://clarion.example/" }],
  ])("not with %s", async (_what, changes) => {
    expect(await trade(place, await codeFrom(place, challenge), changes)).toEqual(invalidGrant);
  });

  it("not twice, and what the first time gave is worth nothing then", async () => {
    const code = await codeFrom(place);
    const { body } = await trade(place, code);
    expect(await trade(place, code)).toEqual(invalidGrant);
    expect(await whoIs(body.access_token)).toBe(401);
  });

  it("not after ten minutes", async () => {
    const code = await codeFrom(place);
    server.advance(10 * 60_000 + 1000);
    expect(await trade(place, code)).toEqual(invalidGrant);
  });

  it("not for another app, nor with a wrong secret", async () => {
    const other = await register();
    expect(await trade(other, await codeFrom(place))).toEqual(invalidGrant);
    const wrong = await trade(place, await codeFrom(place), { client_secret: "wrong" });
    expect(wrong).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });
});

describe("a token of the pretend Mastodon", () => {
  it("opens what was asked for, and nothing else", async () => {
    const reader = await register({ scopes: "read:accounts" });
    const { body } = await trade(reader, await codeFrom(reader));
    expect(await whoIs(body.access_token)).toBe(200);
    const headers = { authorization: `Bearer ${body.access_token}` };
    const post = { method: "POST", headers, body: new URLSearchParams({ status: "hello" }) };
    const refused = await fetch(`${server.origin}/api/v1/statuses`, post);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { error: "This action is outside the authorized scopes" },
    ]);
    const writer = await register({ scopes: "write" });
    const all = (await trade(writer, await codeFrom(writer))).body;
    const asWriter = { ...post, headers: { authorization: `Bearer ${all.access_token}` } };
    expect((await fetch(`${server.origin}/api/v1/statuses`, asWriter)).status).toBe(200);
  });

  it("is given back by its own app alone", async () => {
    const { access_token: token } = (await trade(place, await codeFrom(place))).body;
    const { app } = await register();
    const revoke = ({ clientId, clientSecret }: typeof app) =>
      postForm(`${server.origin}/oauth/revoke`, {
        token: String(token),
        client_id: clientId,
        client_secret: clientSecret,
      });
    expect(await revoke(app)).toMatchObject({ status: 403, body: { error: "unauthorized_client" } });
    expect(await whoIs(token)).toBe(200);
    expect((await revoke(place.app)).status).toBe(200);
    expect(await whoIs(token)).toBe(401);
  });
});

async function whoIs(token: unknown): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${server.origin}/api/v1/accounts/verify_credentials`, { headers })).status;
}
