import { describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const canary = "canary-a81c";

/** A world whose parts break in ways that carry secrets in their messages. */
const api = useApi({
  practice: {
    ledger: () => {
      throw Object.assign(new Error(`select * from grants where token = '${canary}'`), {
        detail: canary,
        code: "XX000",
      });
    },
    setFault: () =>
      Promise.reject(
        Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" }),
      ),
    register: () => Promise.reject(new Error(canary)),
  },
});

describe("what goes wrong inside stays inside", () => {
  it("an unexpected error is a number, under which the log says where it happened", async () => {
    const { status, body } = await api.call("GET", "/practice/ledger");
    expect([status, body.code]).toEqual([500, "internal"]);
    expect(JSON.stringify(body)).not.toMatch(/canary|select|grants|\.ts|node_modules|at /);
    expect(JSON.stringify(body)).not.toContain(process.cwd());
    const line = api.lines
      .map((text) => JSON.parse(text))
      .find((entry) => entry.requestId === body.requestId && entry.level === 50);
    expect(line).toMatchObject({ msg: "request failed", error: "Error", code: "XX000" });
    expect(line.frames.join()).toContain("practice");
    expect(api.lines.join("\n")).not.toContain(canary);
  });

  it("an outage asks to come back", async () => {
    const { status, headers, body } = await api.call("PUT", "/practice/faults/x", { body: { fault: null } });
    expect([status, body.code, headers.get("retry-after")]).toEqual([503, "unavailable", "5"]);
  });

  it("the log holds what is named there, and never a body, a query, a header or a key", async () => {
    await api.call("POST", "/v1/posts", {
      body: { text: canary, colour: canary },
      headers: { "x-note": canary },
    });
    await api.call("GET", `/v1/posts?q=${canary}`);
    await api.call("GET", `/v1/posts/${canary}`);
    await api.call("GET", `/${canary}`);
    const lines = api.lines.map((text) => JSON.parse(text));
    expect(lines.map(({ route }) => route)).toEqual(
      expect.arrayContaining(["/v1/posts", "/v1/posts/:id", "unknown"]),
    );
    for (const { level, msg, ...line } of lines.filter(({ msg }) => msg === "request"))
      expect(Object.keys(line).sort()).toEqual(
        ["hostname", "method", "ms", "pid", "requestId", "route", "status", "time", "workspaceId"].filter(
          (name) => name in line,
        ),
      );
    expect(api.lines.join("\n")).not.toContain(canary);
    expect(api.lines.join("\n")).not.toContain(api.workspace.key.slice(4, 20));
  });
});

describe("every answer", () => {
  it.each(["/v1/posts", "/v1/nothing", "/docs", "/openapi.json"])(
    "%s may be loaded, framed and kept by nobody",
    async (path) => {
      const { headers } = await api.call("GET", path);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );
});

describe("the diary away", () => {
  it("is a 503 to everyone, and readyz says which part", async () => {
    await api.database.drop();
    const { status, headers, body } = await api.call("GET", "/v1/posts");
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(headers.get("retry-after")).toBe("5");
    expect(JSON.stringify(body)).not.toMatch(/test_|socket|does not exist/);
    expect(await api.call("GET", "/readyz", { key: null })).toMatchObject({
      status: 503,
      body: { database: false, overdue: null },
    });
    expect((await api.call("GET", "/healthz", { key: null })).status).toBe(200);
  });
});
