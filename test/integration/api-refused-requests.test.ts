import { beforeAll, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";
import type { Problem } from "../support/problem.ts";

const api = useApi();
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

let x: string;
beforeAll(async () => {
  x = await api.addAccount("x");
});
const create = (body: unknown) => api.call<Problem>("POST", "/v1/posts", { body });
const post = (more: object = {}) => ({ text: "Water", accounts: [x], dueAt: inAnHour(), ...more });
const countPosts = async () => (await api.sql<{ count: number }>("select count(*) from posts"))[0]?.count;

describe("every refusal is a problem document", () => {
  it("with type, title, status, detail, code, and the number under which it is in the log", async () => {
    const { status, headers, body } = await create(post({ colour: "blue" }));
    expect(status).toBe(400);
    expect(headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toMatchObject({
      type: "/docs/errors#invalid_request",
      title: expect.any(String),
      status: 400,
      code: "invalid_request",
      issues: [{ pointer: "/colour", code: "unknown_field" }],
      requestId: headers.get("x-request-id"),
    });
  });
});

describe("what the request may not hold", () => {
  it.each([
    ["an unknown field in a variant", { variants: { x: { txt: "…" } } }, "/variants/x/txt", "unknown_field"],
    ["a variant for nobody", { variants: { myspace: { text: "…" } } }, "/variants/myspace", "invalid_value"],
    ["a text that is a number", { text: 5 }, "/text", "wrong_type"],
    ["accounts that are no list", { accounts: "x" }, "/accounts", "wrong_type"],
    ["an account that is no id", { accounts: ["me"] }, "/accounts/0", "invalid_value"],
    ["a link that is no web address", { link: "javascript:alert(1)" }, "/link", "invalid_value"],
    ["a time that is a number", { dueAt: 5 }, "/dueAt", "invalid_value"],
    [
      "a wall time with something more",
      { dueAt: { local: "x", zone: "UTC", tz: "x" } },
      "/dueAt/tz",
      "unknown_field",
    ],
    ["a text with NUL", { text: "a\0b" }, "/text", "invalid_text"],
    ["half of a surrogate pair", { text: "a\ud800b" }, "/text", "invalid_text"],
    ["linkedFrom, which is no id", { linkedFrom: "acc_1" }, "/linkedFrom", "invalid_value"],
  ])("%s", async (_name, more, pointer, code) => {
    const before = await countPosts();
    const { status, body } = await create(post(more));
    expect([status, body.code]).toEqual([400, "invalid_request"]);
    expect(body.issues).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(await countPosts()).toBe(before);
  });

  it("the same account twice", async () => {
    const { body } = await create(post({ accounts: [x, x] }));
    expect(body.issues).toMatchObject([{ pointer: "/accounts", code: "invalid_value" }]);
  });

  it.each([
    "id",
    "state",
    "workspaceId",
    "workspace_id",
    "revision",
    "deliveries",
    "approvedBy",
    "role",
    "createdAt",
    "externalId",
  ])("the field %s, which is ours to set", async (field) => {
    const { status, body } = await create(post({ [field]: "1" }));
    expect([status, body.issues]).toMatchObject([400, [{ pointer: `/${field}`, code: "unknown_field" }]]);
  });

  it.each([
    '{"text":"a","__proto__":{"state":"published"}}',
    '{"text":"a","variants":{"__proto__":{"text":"b"}}}',
  ])("a prototype: %s", async (text) => {
    const { status, body } = await api.call<Problem>("POST", "/v1/posts", {
      raw: { type: "application/json", text },
    });
    expect([status, body.code]).toEqual([400, "invalid_request"]);
    expect(body.issues?.[0]?.pointer).toMatch(/__proto__$/);
  });

  it("JSON nested a thousand levels deep", async () => {
    const text = `{"text":${"[".repeat(1000)}${"]".repeat(1000)}}`;
    const { status, body } = await api.call<Problem>("POST", "/v1/posts", {
      raw: { type: "application/json", text },
    });
    expect([status, body.issues?.[0]?.code]).toEqual([400, "too_deep"]);
  });

  it("JSON that is none", async () => {
    const { status, body } = await api.call<Problem>("POST", "/v1/posts", {
      raw: { type: "application/json", text: '{"text": "secret text' },
    });
    expect([status, body.code]).toEqual([400, "malformed_json"]);
    expect(JSON.stringify(body)).not.toContain("secret");
  });

  it("another encoding than UTF-8", async () => {
    const text = new Uint8Array(Buffer.from('{"text":"caf\xe9"}', "latin1"));
    const { status, body } = await api.call<Problem>("POST", "/v1/posts", {
      raw: { type: "application/json", text },
    });
    expect([status, body.code]).toEqual([400, "malformed_json"]);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/json-patch+json"])(
    "a body of type %s",
    async (type) => {
      const { status, body } = await api.call<Problem>("POST", "/v1/posts", {
        raw: { type, text: "text=a" },
      });
      expect([status, body.code]).toEqual([415, "wrong_content_type"]);
    },
  );

  it("more than a megabyte", async () => {
    const { status, body } = await create(post({ text: "a".repeat(1_100_000) }));
    expect([status, body.code]).toEqual([413, "too_large"]);
  });

  it("a query that the call does not know", async () => {
    for (const path of [
      "/v1/posts?limt=5",
      "/v1/posts?limit=201",
      "/v1/posts?limit=1e9",
      "/v1/posts?cursor=abc",
      "/v1/posts?q=%00",
    ]) {
      const { status, body } = await api.call<Problem>("GET", path);
      expect([path, status, body.code]).toEqual([path, 400, "invalid_request"]);
    }
  });

  it("an address that is not there, and a method it does not have", async () => {
    expect(await api.call("GET", "/v1/nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
    const { status, headers, body } = await api.call("PUT", "/v1/posts");
    expect([status, body.code, headers.get("allow")]).toEqual([405, "method_not_allowed", "POST, GET, HEAD"]);
  });

  it("an Idempotency-Key that is none", async () => {
    const { status } = await api.call("POST", "/v1/posts", {
      body: post(),
      headers: { "idempotency-key": "a".repeat(256) },
    });
    expect(status).toBe(400);
  });
});
