import { createHash } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi({ requestsPerMinute: 100_000, metricsToken: "metrics-token" });
const hashOf = (key: string) => createHash("sha256").update(key).digest();

describe("nothing answers without a key", () => {
  it.each([
    "/v1/posts",
    "/v1/nothing",
    "/openapi.json",
    "/docs",
    "/docs/errors",
    "/docs/start.js",
    "/practice/ledger",
    "/",
  ])("GET %s", async (path) => {
    const { status, body, headers } = await api.call("GET", path, { key: null });
    expect([status, body.code]).toEqual([401, "unauthorized"]);
    expect(headers.get("www-authenticate")).toMatch(
      /^\/(docs.*|openapi\.json)?$/.test(path) ? /^Basic/ : /^Bearer/,
    );
  });
  it("but whether it lives", async () => {
    expect(await api.call("GET", "/healthz", { key: null })).toMatchObject({
      status: 200,
      body: { status: "ok" },
    });
    expect((await api.call("GET", "/readyz", { key: null })).status).toBe(503);
  });
});

describe("a key opens its own workspace, while it is good", () => {
  it.each([
    ["unknown", "clr_0123456789abcdefghijklmnopqrstuvwxyz"],
    ["too short", "clr_short"],
    ["of another kind", "sk_0123456789abcdefghijklmnopqrstuvwxyz"],
  ])("not one that is %s", async (_what, key) => {
    expect(await api.call("GET", "/v1/posts", { key })).toMatchObject({
      status: 401,
      body: { code: "unauthorized" },
    });
  });
  it.each([
    ["revoked_at = now()", 401],
    ["expires_at = now() - interval '1 second'", 401],
    ["expires_at = now() + interval '1 hour'", 200],
  ])("%s → %i", async (change, status) => {
    const key = await api.addKey(api.workspace.id, ["read"]);
    await api.sql(`update api_keys set ${change} where hash = $1`, [hashOf(key)]);
    expect((await api.call("GET", "/v1/posts", { key })).status).toBe(status);
  });
  it("only its hash is in the database", async () => {
    const rows = await api.sql("select row_to_json(k)::text as text from api_keys k");
    expect(JSON.stringify(rows)).not.toContain(api.workspace.key.slice(4));
  });
});

describe("a key does what its scopes say", () => {
  it.each([
    [["read"], "POST", "/v1/posts", { text: "a" }],
    [["write"], "GET", "/v1/posts", undefined],
    [["read", "write"], "POST", "/v1/posts", { text: "a", dueAt: "now" }],
    [["read", "write"], "POST", "/v1/resume", undefined],
    [["read", "write", "publish"], "PUT", "/practice/faults/x", { fault: null }],
  ])("%j may not %s %s %j", async (scopes, method, path, body) => {
    const key = await api.addKey(api.workspace.id, scopes);
    expect(await api.call(method, path, { key, body })).toMatchObject({
      status: 403,
      body: { code: "missing_scope" },
    });
  });
  it("a key that may write but not publish makes drafts, in bulk too", async () => {
    const key = await api.addKey(api.workspace.id, ["write"]);
    expect((await api.call("POST", "/v1/posts", { key, body: { text: "Draft" } })).status).toBe(201);
    const { body } = await api.call("POST", "/v1/posts/bulk", {
      key,
      body: [{ text: "Draft" }, { text: "Out", dueAt: "now" }],
    });
    expect(body.data).toMatchObject([{ status: 201 }, { status: 403, problem: { code: "missing_scope" } }]);
  });
});

describe("metrics", () => {
  it("are given on this machine, and for the token, not to whom a proxy brings", async () => {
    const forwarded = { "x-forwarded-for": "203.0.113.5" };
    expect((await api.call("GET", "/metrics", { key: null })).status).toBe(200);
    expect((await api.call("GET", "/metrics", { key: null, headers: forwarded })).status).toBe(401);
    expect((await api.call("GET", "/metrics", { headers: forwarded })).status).toBe(401);
    expect((await api.call("GET", "/metrics", { key: "metrics-token", headers: forwarded })).status).toBe(
      200,
    );
  });
});
