import { beforeAll, describe, expect, it } from "@jest/globals";
import { createMetrics } from "../../src/http/metrics.ts";
import type { Route } from "../../src/http/route.ts";
import { routeTable } from "../../src/http/route-table.ts";
import { problem } from "../../src/http/schemas/common.ts";
import { useApi } from "../support/api.ts";

const api = useApi({
  practice: { ledger: () => ({}), setFault: () => undefined, register: () => Promise.reject(new Error()) },
});
let routes: readonly Route[];
let x: string;

beforeAll(async () => {
  const options = { version: "0", queueDepth: async () => ({}) } as Parameters<typeof routeTable>[0];
  routes = routeTable(options, createMetrics(api.world, options));
  x = await api.addAccount("x");
});

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, unknown>; summary: string }>>;
}

describe("the OpenAPI document", () => {
  it("describes every call, and nothing else", async () => {
    const { body } = await api.call<Document>("GET", "/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const served = routes
      .filter(({ tag }) => tag !== "Documentation")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    expect(described.sort()).toEqual(served.sort());
  });

  it("points only at what it holds", async () => {
    const { body } = await api.call<Record<string, unknown>>("GET", "/openapi.json");
    const refs = [...JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path]) => path as string,
    );
    expect(refs.length).toBeGreaterThan(5);
    for (const ref of refs) {
      const target = ref
        .split("/")
        .reduce<unknown>((value, step) => (value as Record<string, unknown>)?.[step], body);
      expect([ref, typeof target]).toEqual([ref, "object"]);
    }
  });

  it("is made of the schemas that check requests: what they refuse it forbids", async () => {
    const { body } = await api.call("GET", "/openapi.json");
    const schemas = (body.components as { schemas: Record<string, Record<string, unknown>> }).schemas;
    expect(schemas.NewPost).toMatchObject({
      additionalProperties: false,
      properties: { text: { type: "string", maxLength: 100_000 }, onIssue: { enum: ["refuse", "skip"] } },
    });
    expect(schemas.NewPost?.required ?? []).toEqual([]);
  });
});

describe("answers are as documented", () => {
  it("to the last field", async () => {
    const dueAt = new Date(Date.now() + 60_000).toISOString();
    const media = [{ id: await api.addMedia() }];
    const body = {
      text: "Water",
      accounts: [x],
      dueAt,
      media,
      thread: [{ text: "Two" }],
      variants: { x: { text: "X" } },
    };
    const created = await check("POST", "/v1/posts", "/v1/posts", body);
    const id = (created as { id: string }).id;
    const delivery = (created as { deliveries: { id: string }[] }).deliveries[0]?.id;
    await check("GET", "/v1/posts", "/v1/posts");
    await check("GET", "/v1/posts/:id", `/v1/posts/${id}`);
    await check("PATCH", "/v1/posts/:id", `/v1/posts/${id}`, { text: "New" });
    await check("POST", "/v1/posts/validate", "/v1/posts/validate", body);
    await check("POST", "/v1/posts/bulk", "/v1/posts/bulk", [body, { text: 5 }]);
    await check("POST", "/v1/posts/:id/duplicate", `/v1/posts/${id}/duplicate`);
    await check("POST", "/v1/posts/:id/publish", `/v1/posts/${id}/publish`);
    await check("GET", "/v1/deliveries", "/v1/deliveries");
    await api.sql(
      "insert into attempts (delivery_id, fence, phase, started_at, ended_at, http_status, outcome) values ($1, 1, 'closed', now(), now(), 500, 'indeterminate')",
      [delivery],
    );
    await check("GET", "/v1/deliveries/:id", `/v1/deliveries/${delivery}`);
    await api.setState(id, "failed");
    await check("POST", "/v1/deliveries/:id/retry", `/v1/deliveries/${delivery}/retry`);
    await api.setState(id, "needs_decision");
    await check("POST", "/v1/pause", "/v1/pause", { reason: "Check" });
    await check("POST", "/v1/resume", "/v1/resume");
    await check("POST", "/v1/deliveries/:id/resolve", `/v1/deliveries/${delivery}/resolve`, {
      outcome: "drop",
    });
    const other = (await check("POST", "/v1/posts", "/v1/posts", { text: "Draft" })) as { id: string };
    await check("POST", "/v1/posts/:id/cancel", `/v1/posts/${other.id}/cancel`);
    await check("DELETE", "/v1/posts/:id", `/v1/posts/${other.id}`);
    await check("GET", "/v1/accounts", "/v1/accounts");
    await check("GET", "/v1/accounts/:id", `/v1/accounts/${x}`);
    await check("GET", "/v1/media", "/v1/media");
    await check("GET", "/v1/platforms", "/v1/platforms");
    await check("GET", "/healthz", "/healthz");
    await check("GET", "/readyz", "/readyz");
    await check("PUT", "/practice/faults/:platform", "/practice/faults/x", { fault: "slow", delayMs: 5 });
  });

  it("refusals too", async () => {
    const { body } = await api.call("POST", "/v1/posts", { body: { text: 5, colour: 1 } });
    expect(problem.parse(body)).toEqual(body);
  });

  /** Makes the call; what the documented schema does not know would be lost by it. */
  async function check(method: string, pattern: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await api.call(method, path, { body, headers: { "if-match": "*" } });
    const route = routes.find((one) => one.method === method.toLowerCase() && one.path === pattern);
    const schema = route?.answers[answer.status]?.schema;
    expect([
      method,
      pattern,
      answer.status,
      schema !== undefined,
      answer.status < 400 || answer.status === 503 ? "" : answer.body,
    ]).toEqual([method, pattern, answer.status, true, ""]);
    expect(schema?.parse(answer.body)).toEqual(answer.body);
    return answer.body;
  }
});
