import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { renewLogin } from "../../src/accounts/oauth/renew-login.ts";
import { practiceApp } from "../../src/domain/practice-app.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { type Forwarder, startForwarder } from "../support/forwarder.ts";
import { allow, connect, openBrowser } from "../support/login.ts";

let api: ComposedApi;
let forwarder: Forwarder;
beforeAll(async () => {
  forwarder = await startForwarder();
  api = await startComposedApi({
    FACEBOOK_GRAPH_URL: forwarder.origin,
    FACEBOOK_CLIENT_ID: practiceApp.clientId,
    FACEBOOK_CLIENT_SECRET: practiceApp.clientSecret,
  });
  forwarder.target = `${api.practice.url}/facebook`;
});
afterAll(async () => {
  await api.close();
  forwarder.close();
});

const platform = "facebook";
interface Connection {
  readonly step: string;
  readonly offered: readonly { readonly externalId: string; readonly handle: string }[];
  readonly accountIds: readonly string[];
  readonly reason: { readonly code: string; readonly message: string } | null;
}
const viewOf = async (id: string) =>
  (await api.call("GET", `/v1/accounts/connections/${id}`)).json as unknown as Connection;
const choose = (id: string, accounts: readonly string[]) =>
  api.call("POST", `/v1/accounts/connections/${id}`, { accounts });
const grantOf = async (accountId: string) => {
  const { rows } = await api.world.db.pool.query<{ id: string; version: string; expires_at: Date | null }>(
    "select g.* from grants g join accounts a on a.grant_id = g.id where a.id = $1",
    [accountId],
  );
  return rows[0] as NonNullable<(typeof rows)[0]>;
};
const tokenOf = async (accountId: string) => {
  const { id, version } = await grantOf(accountId);
  return (await api.world.credentialsOf(api.workspaceId, id, version)).accessToken ?? "";
};
const speaksFor = async (token: string) => {
  const answer = await fetch(
    `${api.practice.url}/facebook/v26.0/me?fields=username&access_token=${encodeURIComponent(token)}`,
  );
  return (JSON.parse(await answer.text()) as { username?: string }).username;
};
const nextPost = (accountId: string) =>
  api.call("POST", "/v1/posts", {
    text: "Water",
    accounts: [accountId],
    dueAt: new Date(Date.now() + 3_600_000).toISOString(),
  });

async function logIn(body: Readonly<Record<string, unknown>>, handle: string): Promise<string> {
  const browser = openBrowser();
  const { id, authorizeUrl } = await connect(api, { platform, ...body });
  await browser.go(await allow(browser, authorizeUrl, handle));
  return id;
}

describe("a login that may post to several pages", () => {
  it("links those that are chosen, each with a token of its own that has no end", async () => {
    const id = await logIn({}, "well");
    const { step, offered } = await viewOf(id);
    expect([step, offered.map(({ handle }) => handle)]).toEqual(["choosing", ["well", "well_events"]]);
    expect(JSON.stringify(offered)).not.toContain("EAA");
    const nobodys = await choose(id, ["1", ...offered.map(({ externalId }) => externalId)]);
    expect([nobodys.status, nobodys.json.code]).toEqual([400, "invalid_request"]);
    await choose(
      id,
      offered.map(({ externalId }) => externalId),
    );
    const { accountIds } = await viewOf(id);
    const tokens = await Promise.all(accountIds.map(tokenOf));
    expect(new Set(tokens).size).toBe(2);
    expect(await Promise.all(tokens.map(speaksFor))).toEqual(["well", "well_events"]);
    for (const accountId of accountIds) expect((await grantOf(accountId)).expires_at).toBeNull();
    expect((await choose(id, [offered[0]?.externalId ?? ""])).json.code).toBe("wrong_state");
  });

  it("links only one of them where a person ticks only one, in the browser", async () => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform });
    const { status, location } = await browser.go(await allow(browser, authorizeUrl, "pump"));
    expect([status, new URL(location).pathname]).toEqual([303, "/oauth/choose"]);
    const page = await browser.go(location);
    expect(page.text).toContain("pump_events");
    expect(page.text).not.toContain("pump_archive");
    const { offered } = await viewOf(id);
    const chosen = await browser.go(location, { account: offered[1]?.externalId ?? "" });
    expect(chosen.text).toContain("Facebook is connected");
    const { step, accountIds } = await viewOf(id);
    expect([step, accountIds.length]).toEqual(["connected", 1]);
    expect(await speaksFor(await tokenOf(accountIds[0] ?? ""))).toBe("pump_events");
  });

  it("a page that is disconnected takes no sibling along, and nothing is given back at Facebook", async () => {
    const id = await logIn({}, "river");
    await choose(
      id,
      (await viewOf(id)).offered.map(({ externalId }) => externalId),
    );
    const [first = "", second = ""] = (await viewOf(id)).accountIds;
    const [firstToken, secondToken] = [await tokenOf(first), await tokenOf(second)];
    const post = await nextPost(second);
    const { json } = await api.call("DELETE", `/v1/accounts/${first}`);
    expect(json).toMatchObject({ account: { state: "disconnected" }, revoked: false });
    const grant = await grantOf(first);
    await expect(api.world.credentialsOf(api.workspaceId, grant.id, grant.version)).rejects.toMatchObject({
      code: "vault_empty",
    });
    expect(await tokenOf(second)).toBe(secondToken);
    expect(await speaksFor(secondToken)).toBe("river_events");
    expect(await speaksFor(firstToken)).toBe("river"); // as it says: remove the app at Facebook
    expect((await api.call("GET", `/v1/accounts/${second}`)).json).toMatchObject({ state: "active" });
    const { deliveries } = (await api.call("GET", `/v1/posts/${post.json.id}`)).json;
    expect(deliveries).toMatchObject([{ state: "scheduled" }]);
  });

  it("connects one page again, with a fresh token, and refuses a login that has another", async () => {
    const id = await logIn({}, "lake");
    const [page] = (await viewOf(id)).offered;
    await choose(id, [page?.externalId ?? ""]);
    const [accountId = ""] = (await viewOf(id)).accountIds;
    const before = await tokenOf(accountId);
    const again = await viewOf(await logIn({ accountId }, "lake"));
    expect(again).toMatchObject({ step: "connected", accountIds: [accountId] }); // the other page is not offered
    expect(await tokenOf(accountId)).not.toBe(before);
    const other = await viewOf(await logIn({ accountId }, "sea"));
    expect(other).toMatchObject({ step: "failed", reason: { code: "wrong_account" } });
    expect(other.reason?.message).toContain("sea");
  });

  it("has nothing to renew: its tokens are left alone", async () => {
    const id = await logIn({}, "rain");
    await choose(id, [(await viewOf(id)).offered[0]?.externalId ?? ""]);
    const [accountId = ""] = (await viewOf(id)).accountIds;
    const { id: grantId, version } = await grantOf(accountId);
    const seen = { workspaceId: api.workspaceId, grantId, version };
    expect(await renewLogin(api.world, seen)).toEqual({ state: "unable" });
    expect((await grantOf(accountId)).version).toBe(version);
  });
});

describe("a live login", () => {
  const workspaceApp = (clientSecret: string) =>
    api.call("PUT", "/v1/apps/facebook", { clientId: practiceApp.clientId, clientSecret });

  /** Facebook's own page is the browser's affair; the practice network plays it. */
  async function live(): Promise<Connection> {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform, mode: "live" });
    const { location } = await browser.go(authorizeUrl);
    expect(location).toMatch(/^https:\/\/www\.facebook\.com\/v26\.0\/dialog\/oauth\?/);
    const dialog = location.replace("https://www.facebook.com", `${api.practice.url}/facebook`);
    const answer = await browser.go(dialog, { handle: "tide", answer: "allow" });
    await browser.go(answer.location);
    return viewOf(id);
  }

  it("asks for tokens and pages only where the operator points", async () => {
    forwarder.requests = 0;
    expect(await live()).toMatchObject({ step: "choosing", reason: null });
    expect(forwarder.requests).toBe(5); // code, longer token, permissions, two answers of pages
  });

  it("says whose fault it is when the app is not accepted, in words of ours", async () => {
    await workspaceApp("not-the-secret");
    const { step, reason } = await live();
    expect([step, reason?.message]).toEqual([
      "failed",
      "Facebook does not accept the app this installation uses: its operator must check the client id and secret",
    ]);
    await api.call("DELETE", "/v1/apps/facebook");
  });

  it("tells bad weather from a login that is over", async () => {
    forwarder.answer = (_request, response) => void response.writeHead(503).end();
    const { step, reason } = await live();
    forwarder.answer = undefined;
    expect([step, reason?.message]).toEqual([
      "failed",
      "Facebook is having trouble: try again in a few minutes",
    ]);
  });
});

it("no secret and no token is in the log", () => {
  const log = api.logLines.join("\n");
  expect(api.logLines.length).toBeGreaterThan(0);
  for (const word of [practiceApp.clientSecret, "not-the-secret", "EAA", "code="])
    expect(log).not.toContain(word);
});
