import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { renewLogin } from "../../src/accounts/oauth/renew-login.ts";
import type { ClaimedDelivery } from "../../src/db/hot/claim.ts";
import { accountCall } from "../../src/publishing/account-call.ts";
import { type BlueskyInstallation, blueskyInstallation } from "../support/bluesky-installation.ts";

interface Tokens {
  readonly accessToken: string;
}

const platform = "bluesky";

let on: BlueskyInstallation;
beforeAll(async () => {
  on = await blueskyInstallation();
});
afterAll(() => on.api.close());

describe("a login at Bluesky", () => {
  it("is kept with the key it is bound to, and speaks for the account it is of", async () => {
    const accountId = await on.link("water_now");
    const { credentials, externalId } = await on.grantOf(accountId);
    expect(Object.keys(credentials).toSorted()).toEqual(
      ["accessToken", "did", "dpopKey", "issuer", "refreshToken", "server"].toSorted(),
    );
    expect(credentials.did).toBe(externalId);
    expect(await on.identify(accountId)).toMatchObject({ externalId, handle: "water-now.bsky.test" });
    expect(on.api.logLines.join("")).not.toContain(credentials.accessToken);
  });

  it("is renewed without its person; the refresh token is used once, the key stays", async () => {
    const accountId = await on.link("rivers_now");
    const before = await on.grantOf(accountId);
    const states = await Promise.all([renewLogin(on.api.world, before), renewLogin(on.api.world, before)]);
    expect(states.map(({ state }) => state).toSorted()).toEqual(["elsewhere", "renewed"]);
    const after = await on.grantOf(accountId);
    expect(after.credentials.refreshToken).not.toBe(before.credentials.refreshToken);
    expect(after.credentials.dpopKey).toBe(before.credentials.dpopKey);
    expect((await on.identify(accountId)).externalId).toBe(before.externalId);
    expect(await renewLogin(on.api.world, after)).toMatchObject({ state: "renewed" });
  });

  it("that has ended is renewed by one of two posts that need it at once, and waited for by the other", async () => {
    const accountId = await on.link("lakes_now");
    const { grantId, version, externalId, credentials } = await on.grantOf(accountId);
    const account = {
      id: accountId,
      externalId,
      handle: "",
      mode: "practice",
      baseUrl: null,
      grantId,
    } as const;
    const delivery = {
      workspaceId: on.api.workspaceId,
      platform,
      account: { ...account, grantVersion: version, grantExpiresAt: new Date(0).toISOString() },
    };
    const call = () => accountCall(on.api.world, delivery as ClaimedDelivery, AbortSignal.timeout(10_000));
    const used = (await Promise.all([call(), call()])).map((one) => (one.credentials as Tokens).accessToken);
    expect(new Set(used).size).toBe(1);
    expect(used[0]).not.toBe(credentials.accessToken);
  });

  it("that ended since the account last posted is renewed to delete a post", async () => {
    const accountId = await on.link("seas_now");
    const { credentials, grantId, externalId } = await on.grantOf(accountId);
    const dueAt = new Date(Date.now() + 60_000).toISOString();
    const { json: post } = await on.api.call("POST", "/v1/posts", {
      text: "Sea",
      accounts: [accountId],
      dueAt,
    });
    await on.api.world.db.pool.query(
      `update deliveries set state = 'published', external_id = $2, published_at = now(), next_check_at = null
       where post_id = $1`,
      [post.id, `at://${externalId}/app.bsky.feed.post/3lxgcnyjyze6i`],
    );
    await on.putCredentials(grantId, { ...credentials, accessToken: "ended" }, "ended");
    expect((await on.api.call("DELETE", `/v1/posts/${post.id}`)).json).toMatchObject({ gone: true });
    expect((await on.grantOf(accountId)).version).not.toBe("ended");
  });

  it("is given back when the account is disconnected", async () => {
    const accountId = await on.link("wells_now");
    const { credentials, grantId, version } = await on.grantOf(accountId);
    const { json } = await on.api.call("DELETE", `/v1/accounts/${accountId}`);
    expect(json).toMatchObject({ revoked: true });
    await expect(
      on.api.world.credentialsOf(on.api.workspaceId, grantId, `${version} wiped`),
    ).rejects.toThrow();
    const again = await on.link("wells_now");
    const { grantId: anew } = await on.grantOf(again);
    // The tokens of the first login, put in the place of the second's.
    await on.putCredentials(anew, credentials, "old");
    await expect(on.identify(again)).rejects.toMatchObject({ kind: "unauthorized" });
  });

  it("takes the place of the app password of an account that is linked already", async () => {
    const { json: linked } = await on.api.call("POST", "/v1/accounts", {
      platform,
      mode: "practice",
      handle: "springs_now",
    });
    expect(await on.link("springs_now", { accountId: linked.id })).toBe(linked.id);
    expect(Object.keys((await on.grantOf(linked.id)).credentials)).toContain("dpopKey");
  });
});

describe("what comes back from elsewhere links nothing", () => {
  it.each([
    ["another server's name", (url: URL) => url.searchParams.set("iss", "https://evil.example")],
    ["no server's name", (url: URL) => url.searchParams.delete("iss")],
  ])("%s", async (_what, change) => {
    const { browser, id, callback } = await on.begin("water_now");
    const url = new URL(callback);
    change(url);
    const page = await browser.go(url.href);
    expect(page.text).toContain("from another server than it was begun for");
    expect(await on.viewOf(id)).toMatchObject({ step: "failed", reason: { code: "wrong_server" } });
    expect((await browser.go(callback)).status).toBe(404);
  });

  it("a code that another login was given", async () => {
    const [mine, other] = [await on.begin("water_now"), await on.begin("water_now")];
    const url = new URL(mine.callback);
    url.searchParams.set("code", new URL(other.callback).searchParams.get("code") ?? "");
    await mine.browser.go(url.href);
    expect(await on.viewOf(mine.id)).toMatchObject({ step: "failed", reason: { code: "invalid_grant" } });
  });
});

describe("what is known before anybody logs in is said to whoever begins", () => {
  it.each([
    ["a server that is not public", "http://127.0.0.1:9", 422, "url_refused"],
    ["an address without https", "http://pds.example", 400, "invalid_request"],
    ["what is neither a name nor an address", "not a handle", 400, "invalid_request"],
  ])("%s", async (_what, instance, status, code) => {
    const { json, ...answer } = await on.api.call("POST", "/v1/accounts/connect", {
      platform,
      mode: "live",
      instance,
    });
    expect([answer.status, json.code]).toEqual([status, code]);
    expect(json.issues).toEqual([expect.objectContaining({ pointer: "/instance" })]);
  });
});

describe("an installation with a public address", () => {
  const publicUrl = "https://clarion.example.org";
  let there: typeof on;
  beforeAll(async () => {
    there = await blueskyInstallation(publicUrl);
  });
  afterAll(() => there.api.close());

  it("describes itself where servers look, with nothing secret, and proves itself with a key of its own", async () => {
    const accountId = await there.link("water_now");
    const { rows } = await there.api.world.db.pool.query<{ clientId: string }>(
      `select client_id as "clientId" from apps`,
    );
    expect(rows).toHaveLength(1);
    const clientId = rows[0]?.clientId ?? "";
    const { status, json, headers } = await there.api.call("GET", clientId.slice(publicUrl.length));
    expect([status, headers.get("content-type")]).toEqual([200, expect.stringContaining("application/json")]);
    expect(json).toMatchObject({
      client_id: clientId,
      redirect_uris: [`${publicUrl}/oauth/bluesky/callback`],
      token_endpoint_auth_method: "private_key_jwt",
      dpop_bound_access_tokens: true,
      jwks: { keys: [{ kty: "EC", crv: "P-256" }] },
    });
    expect(JSON.stringify(json)).not.toContain('"d":');
    expect(await renewLogin(there.api.world, await there.grantOf(accountId))).toMatchObject({
      state: "renewed",
    });
    expect((await there.api.call("DELETE", `/v1/accounts/${accountId}`)).json).toMatchObject({
      revoked: true,
    });
  });

  it("is one app, also where two people begin at the same moment", async () => {
    await there.api.world.db.pool.query("delete from apps");
    await Promise.all([there.link("rivers_now"), there.link("wells_now")]);
    expect((await there.api.world.db.pool.query("select from apps")).rowCount).toBe(1);
  });

  it("tells nothing of apps that are not there", async () => {
    for (const path of ["/oauth/bluesky/client/none.json", "/oauth/x/client/none.json"])
      expect((await there.api.call("GET", path)).status).toBe(404);
  });
});

it("an installation whose address nobody can be sent back to says so, and what to do", async () => {
  const inside = await blueskyInstallation("http://clarion.lan");
  const { status, json } = await inside.api.call("POST", "/v1/accounts/connect", {
    platform,
    mode: "practice",
  });
  await inside.api.close();
  expect([status, json.code]).toEqual([422, "login_not_offered"]);
  expect(json.detail).toMatch(/PUBLIC_URL.*app password/);
});
