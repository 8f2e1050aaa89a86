import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Browser, chromium } from "playwright-core";
import { loginIn } from "../../src/accounts/credentials.ts";
import { oauthPlace } from "../../src/accounts/oauth/party-of.ts";
import { oauth } from "../../src/adapters/bluesky/oauth.ts";
import { openStage, type Stage } from "../faults/stage.ts";
import type { Worker } from "../faults/worker.ts";
import { type RealPds, type RealPdsAccount, startRealPds } from "../support/real-pds.ts";
import { until } from "../support/until.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const canRun = process.env.CLARION_TEST_PDS_NODE && executablePath;
const timeoutMs = 120_000;

(canRun ? describe : describe.skip)("a login at a real Bluesky server, in a real browser", () => {
  let pds: RealPds;
  let stage: Stage;
  let worker: Worker;
  let browser: Browser;
  let person: RealPdsAccount;
  beforeAll(async () => {
    pds = await startRealPds();
    person = await pds.createAccount("water-for-all");
    stage = await openStage("postgres", {
      env: {
        ALLOWED_PRIVATE_HOSTS: "localhost",
        BLUESKY_API_URL: pds.url,
        BLUESKY_DIRECTORY_URL: pds.directory,
      },
    });
    worker = await stage.worker(["bluesky"]);
    worker.begin();
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
  }, timeoutMs);
  afterAll(async () => {
    await browser?.close();
    await worker?.end();
    await stage?.close();
    await pds?.stop();
  });

  const connect = (more: object) =>
    stage.call<{ id: string; authorizeUrl: string }>("POST", "/v1/accounts/connect", {
      platform: "bluesky",
      ...more,
    });

  /** From our link through the server's own pages and back. @returns what the last page says */
  async function logIn(authorizeUrl: string, { ownPassword }: RealPdsAccount): Promise<string> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(authorizeUrl);
    await page.locator("input[type=password]").fill(ownPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Authorize" }).click();
    await page.waitForURL(/\/oauth\/bluesky\/ended/);
    const said = await page.locator("main").innerText();
    await page.context().close();
    return said;
  }

  async function post(text: string, accountId: string) {
    const { id } = await stage.call<{ id: string }>("POST", "/v1/posts", {
      text,
      accounts: [accountId],
      dueAt: "now",
    });
    return until(
      "the post to come to its end",
      async () => {
        const { state } = await stage.call<{ state: string }>("GET", `/v1/posts/${id}`);
        return ["published", "failed", "needs_decision", "held"].includes(state) ? state : undefined;
      },
      60_000,
    );
  }

  async function texts(): Promise<string[]> {
    const query = `repo=${person.did}&collection=app.bsky.feed.post`;
    const answer = await fetch(`${pds.url}/xrpc/com.atproto.repo.listRecords?${query}`);
    const { records } = (await answer.json()) as { records: { value: { text: string } }[] };
    return records.map(({ value }) => value.text);
  }

  async function grantOf(accountId: string) {
    const { db, credentialsOf } = stage.app.world;
    const { rows } = await db.pool.query<{ id: string; version: string; expiresAt: Date }>(
      `select g.id, g.version, g.expires_at as "expiresAt" from grants g join accounts a on a.grant_id = g.id where a.id = $1`,
      [accountId],
    );
    const grant = rows[0]!;
    return { ...grant, credentials: await credentialsOf(stage.workspaceId, grant.id, grant.version) };
  }

  const tokenAt = (accessToken: string) =>
    fetch(`${pds.url}/xrpc/com.atproto.server.getSession`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });

  it(
    "links the account where it is, posts, is renewed, and is given back",
    async () => {
      const { id, authorizeUrl } = await connect({ instance: person.identifier });
      expect(await logIn(authorizeUrl, person)).toContain("Bluesky is connected");
      const { accountIds } = await stage.call<{ accountIds: string[] }>(
        "GET",
        `/v1/accounts/connections/${id}`,
      );
      const [accountId = ""] = accountIds;
      expect(await stage.call("GET", `/v1/accounts/${accountId}`)).toMatchObject({
        externalId: person.did,
        handle: person.identifier,
        baseUrl: pds.issuer,
        state: "active",
      });
      const first = await grantOf(accountId);
      expect((await tokenAt(first.credentials.accessToken ?? "")).ok).toBe(false); // bound to its key
      expect(await post("By logging in", accountId)).toBe("published");
      await stage.app.world.db.pool.query("update grants set expires_at = clock_timestamp() where id = $1", [
        first.id,
      ]);
      expect(await post("And renewed", accountId)).toBe("published");
      expect((await texts()).toSorted()).toEqual(["And renewed", "By logging in"]);
      const renewed = await grantOf(accountId);
      expect(renewed.credentials.refreshToken).not.toBe(first.credentials.refreshToken);
      expect(renewed.expiresAt.getTime()).toBeGreaterThan(Date.now());
      expect(await stage.call("DELETE", `/v1/accounts/${accountId}`)).toMatchObject({ revoked: true });
      const { world } = stage.app;
      const place = oauthPlace(world, { workspaceId: "", platform: "bluesky", mode: "live", baseUrl: null });
      const app = await oauth.registerApp(`${world.publicUrl}/oauth/bluesky/callback`, place);
      const given = { ...loginIn(renewed.credentials), expiresAt: null, scopes: ["atproto"] };
      await expect(oauth.renewToken(given, app, place)).rejects.toMatchObject({
        kind: "unauthorized",
        detail: { code: "invalid_grant" },
      });
    },
    timeoutMs,
  );

  it(
    "by the server's address, and takes the place of an app password",
    async () => {
      const other = await pds.createAccount("rivers-for-all");
      const credentials = { identifier: other.identifier, password: other.password };
      const linked = await stage.call<{ id: string }>("POST", "/v1/accounts", {
        platform: "bluesky",
        mode: "live",
        credentials,
      });
      const { id, authorizeUrl } = await connect({ instance: pds.issuer });
      const page = await (await browser.newContext()).newPage();
      await page.goto(authorizeUrl);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.locator("input[name=username]").fill(other.identifier);
      await page.locator("input[type=password]").fill(other.ownPassword);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("button", { name: "Authorize" }).click();
      await page.waitForURL(/\/oauth\/bluesky\/ended/);
      await page.context().close();
      expect(await stage.call("GET", `/v1/accounts/connections/${id}`)).toMatchObject({
        step: "connected",
        accountIds: [linked.id],
      });
      expect(await stage.call("GET", `/v1/accounts/${linked.id}`)).toMatchObject({ baseUrl: pds.issuer });
    },
    timeoutMs,
  );
});
