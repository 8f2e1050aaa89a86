import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { takePreflights } from "../../src/db/preflight.ts";
import { preflight } from "../../src/publishing/preflight.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi();
});
afterAll(() => api.close());

const platform = "linkedin";
const dayMs = 24 * 3_600_000;
const accountOf = async (id: string) => (await api.call("GET", `/v1/accounts/${id}`)).json;
const viewOf = async (id: string) => (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
const sql = async (text: string, ...values: unknown[]) =>
  (await api.world.db.pool.query(text, values)).rows as Record<string, string>[];

interface Offer {
  readonly id: string;
  readonly member: string;
  readonly page: string;
}

/** Up to the choice: whom the login may post as. */
async function login(handle: string): Promise<Offer> {
  const browser = openBrowser();
  const { id, authorizeUrl } = await connect(api, { platform });
  await browser.go(await allow(browser, authorizeUrl, handle));
  const { step, offered } = (await viewOf(id)) as unknown as {
    step: string;
    offered: { externalId: string }[];
  };
  expect([step, offered]).toEqual([
    "choosing",
    [
      expect.objectContaining({ externalId: expect.stringMatching(/^urn:li:person:/) }),
      expect.objectContaining({ externalId: expect.stringMatching(/^urn:li:organization:/) }),
    ],
  ]);
  return { id, member: offered[0]?.externalId ?? "", page: offered[1]?.externalId ?? "" };
}

async function choose({ id }: Offer, ...accounts: string[]): Promise<[string, string]> {
  const { json } = await api.call("POST", `/v1/accounts/connections/${id}`, { accounts });
  expect(json).toMatchObject({ step: "connected", reason: null });
  return json.accountIds as [string, string];
}

async function both(handle: string): Promise<[member: string, page: string]> {
  const offer = await login(handle);
  return choose(offer, offer.member, offer.page);
}

async function grantOf(accountId: string) {
  const [row] = await sql(
    "select g.* from grants g join accounts a on a.grant_id = g.id where a.id = $1",
    accountId,
  );
  return row ?? {};
}

async function tokenOf(accountId: string): Promise<string> {
  const { id = "", version = "" } = await grantOf(accountId);
  return (await api.world.credentialsOf(api.workspaceId, id, version)).accessToken ?? "";
}

async function isGood(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${api.practice.url}/linkedin/v2/userinfo`, { headers })).ok;
}

describe("a login at LinkedIn offers the member and the pages", () => {
  it("of which one or more are linked, each as itself and all by one login that ends in 60 days", async () => {
    const [member, page] = await both("water_now");
    expect(await accountOf(member)).toMatchObject({ name: "Water Now Administrator", state: "active" });
    const { expiresAt, scopes, ...account } = await accountOf(page);
    expect(account).toMatchObject({ handle: "water-now", name: "Water Now" });
    expect(scopes).toContain("w_organization_social");
    expect(Date.parse(String(expiresAt)) - Date.now()).toBeGreaterThan(59 * dayMs);
    expect((await grantOf(page)).id).toBe((await grantOf(member)).id);
  });

  it("and finds what is linked already again, whichever is chosen", async () => {
    const [member, page] = await both("again");
    const offer = await login("again");
    expect(await choose(offer, offer.page)).toEqual([page]);
    expect((await api.call("GET", `/v1/accounts/${member}`)).json).toMatchObject({ state: "active" });
  });

  it("and takes no choice that was not offered", async () => {
    const offer = await login("modest");
    const body = { accounts: ["urn:li:organization:1"] };
    const { status } = await api.call("POST", `/v1/accounts/connections/${offer.id}`, body);
    expect(status).toBe(400);
    expect(await viewOf(offer.id)).toMatchObject({ step: "choosing" });
  });

  it.each(["user_cancelled_login", "user_cancelled_authorize"])(
    "or nothing, where the person says no: %s",
    async (error) => {
      const browser = openBrowser();
      const { id, authorizeUrl } = await connect(api, { platform });
      const callback = new URL(await allow(browser, authorizeUrl, "shy", "deny"));
      callback.searchParams.set("error", error);
      expect((await browser.go(callback.href)).text).toContain("You did not allow Clarion");
      expect(await viewOf(id)).toMatchObject({ step: "failed", reason: { code: "access_denied" } });
    },
  );
});

describe("accounts that share a login", () => {
  it("are disconnected one by one: the last takes the login along, here and there", async () => {
    const [member, page] = await both("leaving");
    const token = await tokenOf(member);
    const first = await api.call("DELETE", `/v1/accounts/${page}`);
    expect([first.status, first.json.revoked]).toEqual([200, false]);
    expect(await tokenOf(member)).toBe(token);
    expect(await isGood(token)).toBe(true);
    const last = await api.call("DELETE", `/v1/accounts/${member}`);
    expect([last.status, last.json.revoked]).toEqual([200, true]);
    expect(await isGood(token)).toBe(false);
    expect(await grantOf(member)).toMatchObject({ key_id: "", sealed: Buffer.alloc(0) });
  });

  it("are mended together when one of them is connected again", async () => {
    const accounts = await both("mended");
    await sql(
      "update accounts set state = 'held', reason_code = 'login_expired', reason_text = 'x' where id = any($1)",
      accounts,
    );
    const before = await tokenOf(accounts[0]);
    const browser = openBrowser();
    const again = await connect(api, { platform, accountId: accounts[1] });
    await browser.go(await allow(browser, again.authorizeUrl, "mended"));
    expect(await viewOf(again.id)).toMatchObject({ step: "connected", accountIds: accounts });
    for (const id of accounts) expect(await accountOf(id)).toMatchObject({ state: "active", reason: null });
    expect(await tokenOf(accounts[0])).not.toBe(before);
    expect((await grantOf(accounts[0])).id).toBe((await grantOf(accounts[1])).id);
  });

  it("and not by a login that does not speak for the others: those keep their own", async () => {
    const [member, page] = await both("parted");
    const token = await tokenOf(member);
    // The page's own token, which knows nothing of the member.
    const { json } = await api.call("POST", "/v1/accounts", { platform, mode: "practice", handle: "parted" });
    expect(json.id).toBe(page);
    expect(await tokenOf(member)).toBe(token);
    expect(await tokenOf(page)).not.toBe(token);
    const gone = await api.call("DELETE", `/v1/accounts/${page}`);
    expect(gone.status).toBe(200);
    expect(await isGood(token)).toBe(true);
  });

  it("warn in time, each of them and once, for only a person can renew them", async () => {
    const accounts = await both("ending");
    const { id } = await grantOf(accounts[0]);
    await sql(
      "update grants set expires_at = now() + interval '5 days', checked_at = null where id = $1",
      id,
    );
    for (const _again of [1, 2]) {
      await sql("update grants set checked_at = null where id = $1", id);
      const taken = await takePreflights(api.world.db, {
        platforms: [platform],
        aheadMs: 3_600_000,
        everyMs: 3_600_000,
        endsMs: 7 * dayMs,
        limit: 100,
      });
      const target = taken.find(({ account }) => account.grantId === id);
      await preflight(api.world, target!);
    }
    const told = await sql(
      "select account_id from delivery_events where type = 'account.expiring' order by account_id",
    );
    expect(told.map((row) => row.account_id)).toEqual(accounts.toSorted());
    for (const accountId of accounts) expect(await accountOf(accountId)).toMatchObject({ state: "active" });
  });
});
