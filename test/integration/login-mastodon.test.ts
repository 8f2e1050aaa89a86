import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { practice } from "../../src/adapters/mastodon/practice.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";
import { type PlatformServer, startPlatformServer } from "../support/platform-server.ts";

let api: ComposedApi;
let mine: PlatformServer;
let other: PlatformServer;

beforeAll(async () => {
  [mine, other] = await Promise.all([startPlatformServer(practice), startPlatformServer(practice)]);
  api = await startComposedApi({ ALLOWED_PRIVATE_HOSTS: `${mine.host},${other.host}` });
});
afterAll(async () => {
  await api.close();
  await Promise.all([mine.close(), other.close()]);
});

const platform = "mastodon";
const begin = (at: PlatformServer, more: object = {}) =>
  connect(api, { platform, mode: "live", instance: at.origin, ...more });
const viewOf = async (id: string) => (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
const accountsOf = async () => (await api.call("GET", "/v1/accounts")).json.data;
const appsOf = async (at: PlatformServer) => {
  const { rows } = await api.world.db.pool.query("select * from apps where base_url = $1", [at.origin]);
  return rows;
};

/** From beginning to end. */
async function login(at: PlatformServer, handle: string): Promise<string> {
  const browser = openBrowser();
  const { id, authorizeUrl } = await begin(at);
  await browser.go(await allow(browser, authorizeUrl, handle));
  const { step, reason, accountIds } = await viewOf(id);
  expect([step, reason]).toEqual(["connected", null]);
  return (accountIds as string[])[0] ?? "";
}

describe("a login at a Mastodon server", () => {
  it("ends with an account there; connected again it is the same", async () => {
    const accountId = await login(mine, "water_now");
    const { json } = await api.call("GET", `/v1/accounts/${accountId}`);
    expect(json).toMatchObject({
      mode: "live",
      baseUrl: mine.origin,
      handle: "water_now@mastodon.example",
      expiresAt: null,
      scopes: ["read:accounts", "read:statuses", "write:media", "write:statuses"],
    });
    const browser = openBrowser();
    const again = await connect(api, { platform, mode: "live", accountId });
    await browser.go(await allow(browser, again.authorizeUrl, "water_now"));
    expect((await viewOf(again.id)).accountIds).toEqual([accountId]);
  });

  it("makes us known there once, and keeps the secret sealed", async () => {
    await login(mine, "water_now");
    await login(mine, "other_desk");
    expect(mine.count("POST /api/v1/apps")).toBe(1);
    const apps = await appsOf(mine);
    expect(apps).toMatchObject([
      { made_by: "us", redirect_uri: expect.stringMatching(/\?server=[0-9a-f]{16}$/) },
    ]);
    expect(apps[0].sealed.length).toBeGreaterThan(20);
  });

  it("asks for no more than it needs, with a challenge", async () => {
    const browser = openBrowser();
    const { location } = await browser.go((await begin(mine)).authorizeUrl);
    const query = new URL(location).searchParams;
    expect(query.get("scope")).toBe("read:accounts read:statuses write:media write:statuses");
    expect(query.get("code_challenge_method")).toBe("S256");
  });

  it("is given back when the account goes: its token is worth nothing then", async () => {
    const accountId = await login(mine, "leaving");
    const accessToken = await tokenOf(accountId);
    expect(await whoIs(accessToken)).toBe(200);
    const { json } = await api.call("DELETE", `/v1/accounts/${accountId}`);
    expect(json.revoked).toBe(true);
    expect(await whoIs(accessToken)).toBe(401);
  });

  it("of an account with a token of its own is not: nothing is registered to take it away", async () => {
    const { credentials } = other.network.register("mastodon", "by_hand");
    const body = { platform, mode: "live", credentials, baseUrl: other.origin };
    const { json } = await api.call("POST", "/v1/accounts", body);
    expect((await api.call("DELETE", `/v1/accounts/${json.id}`)).json.revoked).toBe(false);
    expect(other.count("POST /api/v1/apps")).toBe(0);
  });
});

describe("what one server gives is never taken for another's", () => {
  it("a person whom one server sends on to another, with the state of the first", async () => {
    const accounts = await accountsOf();
    const browser = openBrowser();
    const victim = await begin(mine);
    const atMine = new URL((await openBrowser().go(victim.authorizeUrl)).location); // what the attacker may know
    const begun = await begin(other);
    const atOther = new URL((await browser.go(begun.authorizeUrl)).location);
    atMine.searchParams.set("state", atOther.searchParams.get("state") ?? "");
    const callback = await browser.go(atMine.href, { handle: "water_now", answer: "allow" });
    expect(new URL(callback.location).searchParams.get("code")).toMatch(/.{20}/);
    const asked = [mine.count("POST /oauth/token"), other.count("POST /oauth/token")];

    const page = await browser.go(callback.location);
    expect([page.status, page.text]).toEqual([404, expect.stringContaining("from another server")]);
    expect([mine.count("POST /oauth/token"), other.count("POST /oauth/token")]).toEqual(asked);
    expect(await viewOf(begun.id)).toMatchObject({ step: "opened", accountIds: [], reason: null });
    expect(await accountsOf()).toEqual(accounts);

    const honest = await browser.go(atOther.href, { handle: "water_now", answer: "allow" });
    expect((await browser.go(honest.location)).status).toBe(200); // the state was still good for its own server
  });

  it.each([
    ["no server at all", (url: URL) => url.searchParams.delete("server")],
    ["another issuer", (url: URL) => url.searchParams.set("iss", other.origin)],
    ["an issuer that is none", (url: URL) => url.searchParams.set("iss", "mine")],
  ])("an answer that names %s; then the right one is taken", async (_what, change) => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await begin(mine);
    const right = new URL(await allow(browser, authorizeUrl, "water_now"));
    const wrong = new URL(right);
    change(wrong);
    const page = await browser.go(wrong.href);
    expect([page.status, page.text]).toEqual([404, expect.stringContaining("from another server")]);
    expect(await viewOf(id)).toMatchObject({ step: "opened" });
    right.searchParams.set("iss", `${mine.origin}/`);
    expect((await browser.go(right.href)).status).toBe(200);
    expect(await viewOf(id)).toMatchObject({ step: "connected" });
  });

  it("a code that was carried over by hand is refused by the other server", async () => {
    const accounts = await accountsOf();
    const browser = openBrowser();
    const [here, there] = [await begin(mine), await begin(other)];
    const code = new URL(await allow(browser, here.authorizeUrl, "water_now")).searchParams.get("code");
    const callback = new URL(await allow(browser, there.authorizeUrl, "water_now"));
    callback.searchParams.set("code", code ?? "");
    expect((await browser.go(callback.href)).text).toContain("no longer accepts this login");
    expect(await viewOf(there.id)).toMatchObject({ step: "failed" });
    expect(await accountsOf()).toEqual(accounts);
  });
});

async function tokenOf(accountId: string): Promise<string> {
  const { rows } = await api.world.db.pool.query<{ id: string; version: string }>(
    "select g.id, g.version from grants g join accounts a on a.grant_id = g.id where a.id = $1",
    [accountId],
  );
  const [grant] = rows;
  const credentials = await api.world.credentialsOf(api.workspaceId, grant?.id ?? "", grant?.version ?? "");
  return credentials.accessToken ?? "";
}

async function whoIs(accessToken: string): Promise<number> {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await fetch(`${mine.origin}/api/v1/accounts/verify_credentials`, { headers })).status;
}
