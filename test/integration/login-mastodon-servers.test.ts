import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { practice } from "../../src/adapters/mastodon/practice.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";
import { type PlatformServer, startPlatformServer } from "../support/platform-server.ts";

const platform = "mastodon";

describe("a server that has forgotten us", () => {
  it("after a day without a login is told again, and the login ends well", async () => {
    const server = await freshServer();
    await server.api.begin();
    expect(server.count("POST /api/v1/apps")).toBe(1);
    server.advance(25 * 60 * 60_000);
    await server.api.login();
    expect(server.count("POST /api/v1/apps")).toBe(2);
    server.advance(25 * 60 * 60_000);
    await server.api.login(); // somebody logged in through it: it is kept
    expect(server.count("POST /api/v1/apps")).toBe(2);
    await server.close();
  });

  it("and one we have another redirect address for is told that", async () => {
    const server = await freshServer();
    await server.api.login();
    await server.api.sql("update apps set redirect_uri = 'https://before.example/oauth/mastodon/callback'");
    await server.api.login();
    expect(server.count("POST /api/v1/apps")).toBe(2);
    await server.close();
  });

  it("and two logins that begin at once use one app, so that both can be given back", async () => {
    const server = await freshServer();
    const accounts = await Promise.all([server.api.login("one"), server.api.login("two")]);
    for (const id of accounts) expect(await server.api.disconnect(id)).toBe(true);
    await server.close();
  });
});

describe("no login begins at", () => {
  let api: ComposedApi;
  let mine: PlatformServer;
  beforeAll(async () => {
    mine = await startPlatformServer(practice);
    api = await startComposedApi({ ALLOWED_PRIVATE_HOSTS: mine.host });
  });
  afterAll(async () => {
    await api.close();
    await mine.close();
  });
  const refused = async (instance: string, status: number, code: string) => {
    const answer = await api.call("POST", "/v1/accounts/connect", { platform, mode: "live", instance });
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    return answer.json;
  };

  it.each([
    ["nothing", ""],
    ["a page", "https://mastodon.example/@water"],
    ["a number", "https://8.8.8.8"],
    ["a server without TLS", "http://mastodon.example"],
    ["an address with a password", "https://a:b@mastodon.example"],
  ])("%s", async (_what, instance) => {
    const { issues } = await refused(instance, 400, "invalid_request");
    expect(issues).toEqual([expect.objectContaining({ pointer: "/instance" })]);
  });

  it.each(["http://127.0.0.1:1", "http://10.0.0.7", "https://169.254.169.254", "http://[::1]:3000"])(
    "%s, which is private",
    async (instance) => {
      const { issues } = await refused(instance, 422, "url_refused");
      expect(issues).toEqual([expect.objectContaining({ pointer: "/instance", code: "url_refused" })]);
    },
  );

  it.each([
    ["is away", null, "", 502, "platform_unavailable", "could not be reached"],
    ["is in trouble", 500, "<html>", 502, "platform_unavailable", "is having trouble"],
    ["asks us to slow down", 429, "{}", 502, "platform_unavailable", "ten minutes"],
    ["lets no app in", 403, '{"error":"This action is not allowed"}', 422, "app_missing", "access token"],
    ["is a website", 200, "<html>hello</html>", 400, "invalid_request", "does not answer as a Mastodon"],
    ["is another website", 404, "<html>not found</html>", 400, "invalid_request", "Check the address"],
    ["gives half an app", 200, '{"client_id":"7"}', 400, "invalid_request", "Check the address"],
    ["has moved", 301, "", 400, "invalid_request", "another address"],
  ])("a server that %s", async (_what, status, body, answered, code, words) => {
    mine.front.answer = (_, response) => {
      if (status === null) response.destroy();
      else response.writeHead(status, { location: "https://moved.example/api/v1/apps" }).end(body);
    };
    const { detail } = await refused(mine.origin, answered, code);
    expect(detail).toContain(words);
    expect(detail).toContain(mine.host);
    expect((await api.world.db.pool.query("select from apps")).rows).toEqual([]);
  });

  it("a server that is not named", async () => {
    const { status, json } = await api.call("POST", "/v1/accounts/connect", { platform, mode: "live" });
    expect([status, json.issues]).toEqual([
      400,
      [expect.objectContaining({ pointer: "/instance", code: "field_missing" })],
    ]);
  });
});

async function freshServer() {
  const server = await startPlatformServer(practice);
  const fresh = await startComposedApi({ ALLOWED_PRIVATE_HOSTS: server.host });
  const start = () => connect(fresh, { platform, mode: "live", instance: server.origin });
  return {
    ...server,
    api: {
      begin: start,
      async login(handle = "water_now") {
        const browser = openBrowser();
        const { id, authorizeUrl } = await start();
        await browser.go(await allow(browser, authorizeUrl, handle));
        const { json } = await fresh.call("GET", `/v1/accounts/connections/${id}`);
        expect([json.step, json.reason]).toEqual(["connected", null]);
        return (json.accountIds as string[])[0] ?? "";
      },
      disconnect: async (id: string) => (await fresh.call("DELETE", `/v1/accounts/${id}`)).json.revoked,
      sql: (text: string) => fresh.world.db.pool.query(text),
    },
    async close() {
      await fresh.close();
      await server.close();
    },
  };
}
