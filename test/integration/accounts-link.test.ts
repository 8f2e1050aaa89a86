import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { callFor } from "../../src/accounts/call.ts";
import { platforms } from "../../src/domain/platform.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { type Forwarder, startForwarder } from "../support/forwarder.ts";

let api: ComposedApi;
let x: Forwarder;
let mastodon: Forwarder;

beforeAll(async () => {
  [x, mastodon] = [await startForwarder(), await startForwarder()];
  api = await startComposedApi({ X_API_URL: x.origin, ALLOWED_PRIVATE_HOSTS: mastodon.host });
  x.target = `${api.practice.url}/x`;
  mastodon.target = `${api.practice.url}/mastodon`;
});
afterAll(async () => {
  await api.close();
  x.close();
  mastodon.close();
});
afterEach(() => {
  x.answer = undefined;
});

describe("a practice account", () => {
  it.each(platforms)("on %s is linked, can speak, and is found again by its handle", async (platform) => {
    const body = { platform, mode: "practice", handle: "@water_aid" };
    const first = await api.call("POST", "/v1/accounts", body);
    expect(first.status).toBe(201);
    expect(first.json).toMatchObject({
      platform,
      mode: "practice",
      state: "active",
      reason: null,
      lastSuccessAt: null,
    });
    expect(await whoIs(first.json.id)).toBe(first.json.externalId);
    const again = await api.call("POST", "/v1/accounts", body);
    expect([again.status, again.json]).toEqual([200, first.json]);
    expect(await whoIs(first.json.id)).toBe(first.json.externalId);
  });

  it.each([
    [{ platform: "x", mode: "practice" }, "/handle"],
    [{ platform: "x", mode: "practice", handle: "no spaces" }, "/handle"],
    [{ platform: "myspace", mode: "practice", handle: "tom" }, "/platform"],
    [{ platform: "x", mode: "rehearsal", handle: "tom" }, "/mode"],
    [{ platform: "x", mode: "practice", handle: "tom", state: "active" }, "/state"],
    [{ platform: "x", mode: "practice", handle: "tom", credentials: {} }, "/credentials"],
  ])("is refused where the request is not as documented: %j", async (body, pointer) => {
    const { status, json } = await api.call("POST", "/v1/accounts", body);
    expect([status, json.issues[0]?.pointer]).toEqual([400, pointer]);
  });
});

describe("an own token", () => {
  it("is linked when the platform knows whose it is", async () => {
    const { status, json } = await linkX("own_token");
    expect(status).toBe(201);
    expect(json).toMatchObject({
      platform: "x",
      mode: "live",
      handle: "own_token",
      state: "active",
      scopes: [],
    });
    expect(await whoIs(json.id)).toBe(json.externalId);
  });

  it("shows when it ends, if that was said", async () => {
    const expiresAt = "2027-01-02T03:04:05.000Z";
    const { json } = await linkX("ending", { expiresAt });
    expect(json.expiresAt).toBe(expiresAt);
  });

  it("that comes twice is one account, and nothing of it is kept for an Idempotency-Key", async () => {
    const { credentials } = api.practice.register("x", "once_only");
    const body = { platform: "x", mode: "live", credentials };
    const headers = { "idempotency-key": randomUUID() };
    const first = await api.call("POST", "/v1/accounts", body, headers);
    const again = await api.call("POST", "/v1/accounts", body, headers);
    expect([first.status, again.status, again.json.id]).toEqual([201, 200, first.json.id]);
    const { rows } = await api.world.db.pool.query("select from idempotency_keys where key = $1", [
      headers["idempotency-key"],
    ]);
    expect(rows).toEqual([]);
  });

  it.each([1, 2, 3])("of one identity that comes ten times at once links one account (%i)", async (round) => {
    const before = await accountCount();
    const asked: (() => void)[] = [];
    const identity = `{"data":{"id":"99${round}","username":"crowd","name":"Crowd"}}`;
    // All ten are told whose token it is at the same moment.
    x.answer = (_, response) => {
      asked.push(() => response.end(identity));
      if (asked.length === 10) for (const tell of asked) tell();
    };
    const body = { platform: "x", mode: "live", credentials: { accessToken: "crowd" } };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.call("POST", "/v1/accounts", body)),
    );
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(9).fill(200), 201]);
    expect(await accountCount()).toBe(before + 1);
  });

  it("for a server of one's own is kept for that server alone", async () => {
    const { credentials } = api.practice.register("mastodon", "fedi");
    const body = { platform: "mastodon", mode: "live", credentials, baseUrl: `${mastodon.origin}/@fedi` };
    const { status, json } = await api.call("POST", "/v1/accounts", body);
    expect(status).toBe(201);
    expect(json).toMatchObject({
      platform: "mastodon",
      baseUrl: mastodon.origin,
      handle: expect.stringContaining("fedi"),
    });
    const again = await api.call("POST", "/v1/accounts", {
      ...body,
      baseUrl: `${mastodon.origin.toUpperCase()}/`,
    });
    expect(again.json.id).toBe(json.id);
    expect(await whoIs(json.id)).toBe(json.externalId);
  });
});

describe("an own token is refused, and nothing is stored:", () => {
  const live = { platform: "x", mode: "live" };

  it("one the platform does not know", () =>
    refused({ ...live, credentials: { accessToken: "wrong" } }, 422, "credentials_refused"));

  it.each([
    ["does not answer", () => undefined],
    ["breaks off", undefined],
    ["is in trouble", 500],
    ["answers nonsense", "<html>"],
    ["answers another type", '{"data":{"id":5,"username":{},"name":null}}'],
    ["answers nothing of use", '{"data":null}'],
    ["redirects", 302],
  ])("while the platform %s", async (_, how) => {
    const { credentials } = api.practice.register("x", "patient");
    x.answer = (_request, response) => {
      if (how === undefined || typeof how === "function") response.destroy();
      else if (typeof how === "number") response.writeHead(how, { location: "http://127.0.0.1:1/" }).end();
      else response.end(how);
    };
    await refused({ ...live, credentials }, 502, "platform_unavailable");
  });

  it.each([
    ["none", {}, "accessToken", "field_missing"],
    ["blank", { accessToken: "  " }, "accessToken", "field_missing"],
    ["with one too many", { accessToken: "a", apiSecret: "b" }, "apiSecret", "unknown_field"],
    ["of two lines", { accessToken: "a\nb" }, "accessToken", "invalid_value"],
    ["without end", { accessToken: "a".repeat(9000) }, "accessToken", "too_big"],
    ["that end some time", { accessToken: "a", expiresAt: "soon" }, "expiresAt", "invalid_value"],
    ["that are a number", { accessToken: 5 }, "accessToken", "wrong_type"],
  ])("credentials %s", async (_, credentials, field, code) => {
    const issues = await refused({ ...live, credentials }, 400, "invalid_request");
    expect(issues).toContainEqual(expect.objectContaining({ pointer: `/credentials/${field}`, code }));
  });

  it.each([
    ["x", "https://api.x.com", 400, "unknown_field"],
    ["mastodon", undefined, 400, "field_missing"],
    ["mastodon", "mastodon.social", 400, "invalid_value"],
    ["mastodon", "http://mastodon.social", 400, "invalid_value"],
    ["mastodon", "https://user:secret@mastodon.social", 400, "invalid_value"],
    ["mastodon", "ftp://mastodon.social", 400, "invalid_value"],
    ["mastodon", "http://127.0.0.1:6379", 422, "url_refused"],
    ["mastodon", "http://169.254.169.254", 422, "url_refused"],
    ["mastodon", "https://[::ffff:7f00:1]", 422, "url_refused"],
  ])("%s at %s", async (platform, baseUrl, status, code) => {
    const body = { platform, mode: "live", credentials: { accessToken: "t" }, ...(baseUrl && { baseUrl }) };
    const issues = await refused(body, status, status === 400 ? "invalid_request" : code);
    expect(issues).toEqual([expect.objectContaining({ pointer: "/baseUrl", code })]);
  });

  async function refused(body: object, status: number, code: string) {
    const before = await accountCount();
    const answer = await api.call("POST", "/v1/accounts", body);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(await accountCount()).toBe(before);
    return answer.json.issues;
  }
});

function linkX(handle: string, more: Record<string, string> = {}) {
  const { credentials } = api.practice.register("x", handle);
  return api.call("POST", "/v1/accounts", {
    platform: "x",
    mode: "live",
    credentials: { ...credentials, ...more },
  });
}

async function accountCount(): Promise<number> {
  const { rows } = await api.world.db.pool.query(
    "select (select count(*) from accounts) + (select count(*) from grants) as count",
  );
  return rows[0].count / 2;
}

/** Asks the platform, with the stored credentials and as workers do it. */
async function whoIs(accountId: string): Promise<string> {
  const { rows } = await api.world.db.pool.query(
    `select a.workspace_id as "workspaceId", a.platform, a.mode, a.base_url as "baseUrl", a.external_id as "externalId",
       a.handle, g.id as "grantId", g.version as "grantVersion"
     from accounts a join grants g on g.id = a.grant_id where a.id = $1`,
    [accountId],
  );
  const call = await callFor(api.world, rows[0], AbortSignal.timeout(5000));
  const adapter = api.world.adapters[rows[0].platform as "x"];
  return (await adapter.auth.identify(call)).externalId;
}
