import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { renewLogin } from "../../src/accounts/oauth/renew-login.ts";
import { takePreflights } from "../../src/db/preflight.ts";
import { afterRefusedLogin } from "../../src/publishing/after-refused-login.ts";
import { preflight } from "../../src/publishing/preflight.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi();
});
afterAll(() => api.close());

interface Linked {
  readonly accountId: string;
  readonly grantId: string;
  readonly version: string;
  readonly credentials: Readonly<Record<string, string>>;
}
let linked: Linked;
let count = 0;

beforeEach(async () => {
  const browser = openBrowser();
  const { id, authorizeUrl } = await connect(api, { platform: "x" });
  await browser.go(await allow(browser, authorizeUrl, `person_${++count}`));
  const { accountIds } = (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
  linked = await read((accountIds as string[])[0] ?? "");
});

async function read(accountId: string): Promise<Linked> {
  const { rows } = await api.world.db.pool.query<{ id: string; version: string }>(
    "select g.id, g.version from grants g join accounts a on a.grant_id = g.id where a.id = $1",
    [accountId],
  );
  const { id: grantId = "", version = "" } = rows[0] ?? {};
  const credentials = await api.world.credentialsOf(api.workspaceId, grantId, version);
  return { accountId, grantId, version, credentials };
}
const seen = () => ({ workspaceId: api.workspaceId, grantId: linked.grantId, version: linked.version });
const accountOf = async () => (await api.call("GET", `/v1/accounts/${linked.accountId}`)).json;
const refused = () => ({
  workspaceId: api.workspaceId,
  platform: "x" as const,
  account: { id: linked.accountId, grantId: linked.grantId, grantVersion: linked.version },
});
const sql = (text: string, values: unknown[] = []) => api.world.db.pool.query(text, values);
const revokeThere = () =>
  fetch(`${api.practice.url}/x/2/oauth2/revoke`, {
    method: "POST",
    body: new URLSearchParams({ token: linked.credentials.refreshToken ?? "" }),
  });

describe("a login is renewed", () => {
  it("by one of two that come at once, and the rotated refresh token is kept", async () => {
    const states = (await Promise.all([renewLogin(api.world, seen()), renewLogin(api.world, seen())])).map(
      ({ state }) => state,
    );
    expect(states.toSorted()).toEqual(["elsewhere", "renewed"]);
    const after = await read(linked.accountId);
    expect(after.credentials.accessToken).not.toBe(linked.credentials.accessToken);
    expect(after.credentials.refreshToken).not.toBe(linked.credentials.refreshToken);
    expect(await renewLogin(api.world, { ...seen(), version: after.version })).toMatchObject({
      state: "renewed",
    });
  });

  it("when the platform refuses it, and the account goes on as if nothing had been", async () => {
    await afterRefusedLogin({ world: api.world }, refused(), "Log in again");
    expect(await accountOf()).toMatchObject({ state: "active", reason: null });
    expect((await read(linked.accountId)).version).not.toBe(linked.version);
  });

  it("but not again and again: what is refused right after it was renewed holds the account", async () => {
    await renewLogin(api.world, seen());
    linked = await read(linked.accountId);
    await afterRefusedLogin({ world: api.world }, refused(), "Log in again");
    expect(await accountOf()).toMatchObject({
      state: "held",
      reason: { code: "login_expired", message: "Log in again" },
    });
  });

  it("or the account is held, with words that say what to do, where it was revoked", async () => {
    await revokeThere();
    await afterRefusedLogin({ world: api.world }, refused(), "Log in again");
    expect(await accountOf()).toMatchObject({
      state: "held",
      reason: { code: "login_expired", message: expect.stringContaining("Connect the account again") },
    });
  });

  it("and nothing is lost when it is being renewed by a process that dies: the lease ends", async () => {
    await sql("update grants set renewing_until = clock_timestamp() - interval '1 s' where id = $1", [
      linked.grantId,
    ]);
    expect(await renewLogin(api.world, seen())).toMatchObject({ state: "renewed" });
  });
});

describe("before posts need it", () => {
  const hour = 3_600_000;
  const take = () =>
    takePreflights(api.world.db, {
      platforms: ["x"],
      aheadMs: hour,
      everyMs: hour,
      endsMs: 7 * 24 * hour,
      limit: 100,
    });
  const mine = async () => (await take()).find(({ account }) => account.id === linked.accountId);
  const postIn = (minutes: number) =>
    api.call("POST", "/v1/posts", {
      text: `Water ${count}`,
      accounts: [linked.accountId],
      dueAt: new Date(Date.now() + minutes * 60_000).toISOString(),
    });

  it("a login that would end meanwhile is renewed; of two workers one takes it", async () => {
    await postIn(30);
    const target = await mine();
    expect(target).toBeDefined();
    expect(await mine()).toBeUndefined();
    await sql("update grants set expires_at = now() + interval '40 minutes' where id = $1", [linked.grantId]);
    await preflight(api.world, { ...target!, account: { ...target!.account, grantExpiresAt: soon() } });
    expect((await read(linked.accountId)).version).not.toBe(linked.version);
  });

  it("a dead one holds the account and its deliveries an hour early, and they go on after reconnection", async () => {
    const { json: post } = await postIn(50);
    await revokeThere();
    const target = await mine();
    await preflight(api.world, target!);
    expect(await accountOf()).toMatchObject({ state: "held", reason: { code: "login_expired" } });
    const browser = openBrowser();
    const again = await connect(api, { platform: "x", accountId: linked.accountId });
    await browser.go(await allow(browser, again.authorizeUrl, `person_${count}`));
    expect(await accountOf()).toMatchObject({ state: "active", reason: null });
    const { json } = await api.call("GET", `/v1/posts/${post.id}`);
    expect(json.deliveries).toMatchObject([{ state: "scheduled" }]);
  });

  it("a held account whose login can be renewed goes on by itself", async () => {
    await sql(
      "update accounts set state = 'held', reason_code = 'login_expired', reason_text = 'It ended' where id = $1",
      [linked.accountId],
    );
    await preflight(api.world, (await mine())!);
    expect(await accountOf()).toMatchObject({ state: "active", reason: null });
  });
});

const soon = () => new Date(Date.now() + 40 * 60_000).toISOString();
