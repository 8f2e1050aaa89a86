import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { renewLogin } from "../../src/accounts/oauth/renew-login.ts";
import { takePreflights } from "../../src/db/preflight.ts";
import { afterRefusedLogin } from "../../src/publishing/after-refused-login.ts";
import { endsSoonMs, preflight } from "../../src/publishing/preflight.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let api: ComposedApi;
let aheadMs = 0;
beforeAll(async () => {
  api = await startComposedApi({}, () => new Date(Date.now() + aheadMs));
});
afterAll(() => api.close());

describe.each(["instagram", "threads"] as const)("a login at %s, which has no refresh token", (platform) => {
  let accountId: string;
  let count = 0;

  beforeEach(async () => {
    aheadMs = 0;
    count++;
    accountId = await logIn();
  });

  async function logIn(body = {}): Promise<string> {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform, ...body });
    await browser.go(await allow(browser, authorizeUrl, `person_${count}`));
    const { accountIds } = (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
    return (accountIds as string[])[0] ?? "";
  }

  const sql = async (text: string, values: unknown[] = []) =>
    (await api.world.db.pool.query(text, values)).rows;
  const grant = async () =>
    (
      await sql("select g.* from grants g join accounts a on a.grant_id = g.id where a.id = $1", [accountId])
    )[0];
  const accountOf = async () => (await api.call("GET", `/v1/accounts/${accountId}`)).json;
  const target = async () => {
    const taken = await takePreflights(api.world.db, {
      platforms: [platform],
      aheadMs: hourMs,
      everyMs: hourMs,
      endsMs: endsSoonMs,
      limit: 100,
    });
    return taken.find(({ account }) => account.id === accountId);
  };
  /** As much later as is left of the 60 days: our clocks stay, the platform's goes on, and the row says how long it has. */
  const later = async (leftMs: number) => {
    const { id, expires_at } = await grant();
    aheadMs += Number(expires_at) - Date.now() - leftMs;
    await sql("update grants set expires_at = $2, checked_at = null where id = $1", [
      id,
      new Date(Date.now() + leftMs),
    ]);
  };
  const leftDays = async () => (Number((await grant()).expires_at) - Date.now()) / dayMs;
  const events = async () =>
    (await sql("select type from delivery_events where account_id = $1 order by id", [accountId])).map(
      ({ type }) => type,
    );

  it("is left alone for 53 days, renewed in its last week, and then left alone again", async () => {
    expect(await target()).toBeUndefined();
    await later(8 * dayMs);
    expect(await target()).toBeUndefined();
    await later(6 * dayMs);
    const { version } = await grant();
    const due = await target();
    if (!due) throw new Error("It was not taken");
    await preflight(api.world, due);
    expect((await grant()).version).not.toBe(version);
    expect(await leftDays()).toBeGreaterThan(59.9);
    await sql("update grants set checked_at = null where id = $1", [(await grant()).id]);
    expect(await target()).toBeUndefined();
    expect(await accountOf()).toMatchObject({ state: "active", reason: null });
  });

  it("also while its account is paused, which stays so", async () => {
    await api.call("PATCH", `/v1/accounts/${accountId}`, { state: "paused" });
    await later(2 * dayMs);
    const due = await target();
    if (!due) throw new Error("It was not taken");
    await preflight(api.world, due);
    expect(await leftDays()).toBeGreaterThan(59.9);
    expect(await accountOf()).toMatchObject({ state: "paused" });
  });

  it("is not asked for in its first day: what is refused then holds the account at once", async () => {
    const { id: grantId, version } = await grant();
    const seen = { workspaceId: api.workspaceId, grantId, version };
    expect(await renewLogin(api.world, seen)).toMatchObject({ state: "refused" });
    const refused = {
      workspaceId: api.workspaceId,
      platform,
      account: { id: accountId, grantId, grantVersion: version },
    };
    await afterRefusedLogin({ world: api.world }, refused, "Log in again");
    expect(await accountOf()).toMatchObject({
      state: "held",
      reason: { code: "login_expired", message: expect.stringContaining("connect the account again") },
    });
  });

  it("holds its account when the platform says that it is over", async () => {
    await later(3 * dayMs);
    aheadMs += 4 * dayMs; // it ended there earlier than was said
    const due = await target();
    if (!due) throw new Error("It was not taken");
    await preflight(api.world, due);
    expect(await accountOf()).toMatchObject({ state: "held", reason: { code: "login_expired" } });
  });

  it("tells its people once, days ahead, when it is not renewed for another reason; and again for the next", async () => {
    const warnings = async () => (await events()).filter((type) => type === "account.expiring").length;
    await failTwice();
    expect([(await accountOf()).state, await warnings()]).toEqual(["active", 1]);
    aheadMs = 0;
    await logIn({ accountId });
    await failTwice();
    expect(await warnings()).toBe(2);
  });

  async function failTwice(): Promise<void> {
    await later(2 * dayMs);
    aheadMs -= 58 * dayMs; // as if it were too young there
    for (let hour = 0; hour < 2; hour++) {
      const due = await target();
      if (!due) throw new Error("It was not taken");
      await preflight(api.world, due);
      await sql("update grants set checked_at = null where id = $1", [(await grant()).id]);
    }
  }
});
