import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { adapters } from "../../src/adapters/registry.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi();
});
afterAll(() => api.close());

const withLogin = Object.values(adapters).filter(({ auth }) => auth.oauth);

describe.each(withLogin.map(({ platform }) => platform))("a login at %s", (platform) => {
  it("ends with an account that is renewed or stays, and is given back", async () => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform });
    await browser.go(await allow(browser, authorizeUrl, "water_now"));
    const view = async () => (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
    const { step, offered } = (await view()) as unknown as {
      step: string;
      offered?: { externalId: string }[];
    };
    if (step === "choosing") {
      const accounts = offered?.slice(0, 1).map(({ externalId }) => externalId);
      await api.call("POST", `/v1/accounts/connections/${id}`, { accounts });
    }
    const { step: end, accountIds, reason } = await view();
    expect([end, reason]).toEqual(["connected", null]);
    const [accountId] = accountIds as string[];
    expect((await api.call("GET", `/v1/accounts/${accountId}`)).json).toMatchObject({
      platform,
      state: "active",
    });
    expect((await api.call("DELETE", `/v1/accounts/${accountId}`)).status).toBe(200);
  });

  it("that is denied changes nothing", async () => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform });
    await browser.go(await allow(browser, authorizeUrl, "water_now", "deny"));
    const { json } = await api.call("GET", `/v1/accounts/connections/${id}`);
    expect(json).toMatchObject({ step: "failed", reason: { code: "access_denied" } });
  });

  it("ends once: what it was sent back with is good no second time", async () => {
    const browser = openBrowser();
    const { authorizeUrl } = await connect(api, { platform });
    const callback = await allow(browser, authorizeUrl, "water_now");
    await browser.go(callback);
    expect((await browser.go(callback)).status).toBe(404);
  });
});
