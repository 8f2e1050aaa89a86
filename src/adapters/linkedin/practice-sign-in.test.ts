import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type PlatformServer, startPlatformServer } from "../../../test/support/platform-server.ts";
import { askPerson, codeFrom, type SignInPlace, trade } from "../../../test/support/sign-in-at.ts";
import { practice } from "./practice.ts";
import { memberScopes } from "./scopes.ts";

const app = { clientId: "ours", clientSecret: "secret", origin: "https://clarion.example" };
let server: PlatformServer;
let place: SignInPlace;

beforeAll(async () => {
  server = await startPlatformServer(practice, app);
  place = {
    origin: server.origin,
    authorizePath: "/oauth/v2/authorization",
    tokenPath: "/oauth/v2/accessToken",
    app,
    redirectUri: `${app.origin}/oauth/linkedin/callback`,
    scope: memberScopes.join(" "),
  };
});
afterAll(() => server.close());

describe("the pretend LinkedIn asks a person", () => {
  it("and says in its own words that the person cancelled, or that the app lacks a scope", async () => {
    expect((await askPerson(place, {}, "deny")).back.get("error")).toBe("user_cancelled_authorize");
    const { back } = await askPerson(place, { scope: "openid r_member_social" });
    expect([back.get("error"), back.get("state")]).toEqual(["unauthorized_scope_error", "s"]);
  });

  it("and sends nobody to an address the app did not name", async () => {
    const { status } = await askPerson(place, {
      redirect_uri: "https://evil.example/oauth/linkedin/callback",
    });
    expect(status).toBe(400);
  });
});

describe("the pretend LinkedIn trades a code once", () => {
  const notFound = "Unable to retrieve access token: authorization code not found";

  it("for a token of 60 days, without a type or a refresh token", async () => {
    const { status, body } = await trade(place, await codeFrom(place));
    expect([status, body]).toEqual([
      200,
      { access_token: expect.any(String), expires_in: 5_184_000, scope: "openid,profile,w_member_social" },
    ]);
  });

  it("and not again, nor one that it never gave", async () => {
    const code = await codeFrom(place);
    await trade(place, code);
    for (const used of [code, "never given"])
      expect(await trade(place, used)).toEqual({
        status: 401,
        body: { error: "invalid_request", error_description: notFound },
      });
  });

  it("and neither for another address nor after half an hour", async () => {
    const misfit = { status: 400, body: expect.objectContaining({ error: "invalid_redirect_uri" }) };
    const elsewhere = { redirect_uri: "https://clarion.example/" };
    expect(await trade(place, await codeFrom(place), elsewhere)).toEqual(misfit);
    const code = await codeFrom(place);
    server.advance(30 * 60_000 + 1000);
    expect(await trade(place, code)).toEqual(misfit);
  });

  it("and not with a wrong secret", async () => {
    expect(await trade(place, await codeFrom(place), { client_secret: "wrong" })).toEqual({
      status: 401,
      body: { error: "invalid_client", error_description: "Client authentication failed" },
    });
  });

  it("and knows no other grant", async () => {
    const refresh = await trade(place, "", { grant_type: "refresh_token", refresh_token: "r" });
    expect(refresh).toMatchObject({ status: 400, body: { error: "invalid_request" } });
  });
});

describe("a token of the pretend LinkedIn", () => {
  const tokenFor = async (scope: string) => {
    const asked = { ...place, scope };
    return String((await trade(asked, await codeFrom(asked))).body.access_token);
  };
  const ask = async (token: string, path: string) => {
    const headers = {
      authorization: `Bearer ${token}`,
      "linkedin-version": "202609",
      "x-restli-protocol-version": "2.0.0",
    };
    return (await fetch(server.origin + path, { headers })).status;
  };

  it("opens what it was asked for", async () => {
    const member = await tokenFor("openid w_member_social");
    const paths = [
      "/v2/userinfo",
      "/v2/me",
      "/rest/organizationAcls?q=roleAssignee",
      "/rest/organizations?ids=List(1)",
    ];
    const answers = async (token: string) => Promise.all(paths.map((path) => ask(token, path)));
    expect(await answers(member)).toEqual([200, 403, 403, 200]);
    expect(await answers(await tokenFor("r_basicprofile rw_organization_admin"))).toEqual([
      403, 200, 200, 200,
    ]);
  });

  it("ends when its person logs in with other scopes, and not when with the same", async () => {
    const [first, second] = [await tokenFor("openid"), await tokenFor("openid")];
    expect([await ask(first, "/v2/userinfo"), await ask(second, "/v2/userinfo")]).toEqual([200, 200]);
    const third = await tokenFor("openid profile");
    expect([await ask(first, "/v2/userinfo"), await ask(second, "/v2/userinfo")]).toEqual([401, 401]);
    expect(await ask(third, "/v2/userinfo")).toBe(200);
  });
});
