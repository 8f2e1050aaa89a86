import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { adapters } from "../../src/adapters/registry.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi();
});
afterAll(() => api.close());

const platform = "x";
const viewOf = async (id: string) => (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
const accountsOf = async () => (await api.call("GET", "/v1/accounts")).json.data;

describe("linking an account by logging in", () => {
  it("begins with a link, goes through the platform, and ends with an account", async () => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform, returnTo: "/accounts" });
    expect(await viewOf(id)).toMatchObject({ step: "waiting", accountIds: [] });
    const { status, text } = await browser.go(await allow(browser, authorizeUrl, "water_now"));
    expect([status, text]).toEqual([200, expect.stringContaining("X is connected")]);
    expect(text).toContain('href="/accounts"');
    const { step, accountIds } = await viewOf(id);
    expect(step).toBe("connected");
    const [accountId] = accountIds as string[];
    expect((await api.call("GET", `/v1/accounts/${accountId}`)).json).toMatchObject({
      handle: "water_now",
      state: "active",
      mode: "practice",
      scopes: expect.arrayContaining(["tweet.write"]),
    });
  });

  it("gives the same account back when it is connected again, and refuses another", async () => {
    const [account] = await accountsOf();
    const browser = openBrowser();
    const again = await connect(api, { platform, accountId: account?.id });
    await browser.go(await allow(browser, again.authorizeUrl, "water_now"));
    expect(await viewOf(again.id)).toMatchObject({ step: "connected", accountIds: [account?.id] });
    const other = await connect(api, { platform, accountId: account?.id });
    const page = await browser.go(await allow(browser, other.authorizeUrl, "somebody_else"));
    expect(page.text).toContain("You logged in as somebody_else");
    expect(await viewOf(other.id)).toMatchObject({ step: "failed", reason: { code: "wrong_account" } });
    expect(await accountsOf()).toHaveLength(1);
  });

  it("changes nothing when the person says no", async () => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform });
    const page = await browser.go(await allow(browser, authorizeUrl, "water_now", "deny"));
    expect(page.text).toContain("You did not allow Clarion");
    expect(await viewOf(id)).toMatchObject({ step: "failed", reason: { code: "access_denied" } });
  });
});

describe("a state is good once, in the browser that began", () => {
  const refused = async (page: { status: number; text: string }) => {
    expect([page.status, page.text]).toEqual([404, expect.stringContaining("was not connected")]);
  };

  it("not a second time", async () => {
    const browser = openBrowser();
    const { authorizeUrl } = await connect(api, { platform });
    const callback = await allow(browser, authorizeUrl, "water_now");
    expect((await browser.go(callback)).status).toBe(200);
    await refused(await browser.go(callback));
    await refused(await browser.go(authorizeUrl));
  });

  it("not in another browser, which leaves it good in the first", async () => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform });
    const callback = await allow(browser, authorizeUrl, "water_now");
    const stranger = openBrowser();
    await refused(await stranger.go(callback));
    await refused(await stranger.go(authorizeUrl));
    await stranger.go((await connect(api, { platform })).authorizeUrl); // has a cookie of its own now
    await refused(await stranger.go(callback));
    expect((await browser.go(callback)).status).toBe(200);
    expect(await viewOf(id)).toMatchObject({ step: "connected" });
  });

  it("not made up, not at another platform's address, and not after ten minutes", async () => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform });
    const callback = new URL(await allow(browser, authorizeUrl, "water_now"));
    const madeUp = new URL(callback);
    madeUp.searchParams.set("state", "a".repeat(43));
    await refused(await browser.go(madeUp.href));
    await refused(await browser.go(callback.href.replace("/oauth/x/", "/oauth/facebook/")));
    await api.world.db.pool.query("update connections set expires_at = clock_timestamp() where id = $1", [
      id,
    ]);
    await refused(await browser.go(callback.href));
    expect(await viewOf(id)).toMatchObject({ step: "expired" });
  });

  it("and a wrong verifier is refused by the platform", async () => {
    const browser = openBrowser();
    const [mine, other] = [await connect(api, { platform }), await connect(api, { platform })];
    const [callback, foreign] = [
      new URL(await allow(browser, mine.authorizeUrl, "water_now")),
      new URL(await allow(browser, other.authorizeUrl, "water_now")),
    ];
    callback.searchParams.set("code", foreign.searchParams.get("code") ?? ""); // made for another challenge
    const page = await browser.go(callback.href);
    expect(page.text).toContain("no longer accepts this login");
    expect(await viewOf(mine.id)).toMatchObject({ step: "failed" });
  });
});

describe("what cannot begin", () => {
  it.each([
    [
      "a platform without a login",
      { platform: Object.values(adapters).find(({ auth }) => !auth.oauth)?.platform },
      "login_not_offered",
    ],
    ["no app set", { platform, mode: "live" }, "app_missing"],
    ["a way back to another site", { platform, returnTo: "//evil.example" }, "invalid_request"],
    ["an account that is not there", { platform, accountId: "acc_00000000000000000000000000" }, "not_found"],
  ])("%s", async (_what, body, code) => {
    const { json } = await api.call("POST", "/v1/accounts/connect", { mode: "practice", ...body });
    expect(json.code).toBe(code);
  });
});
