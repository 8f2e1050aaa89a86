import { createServer, type IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openStage, type Stage } from "../faults/stage.ts";
import type { Worker } from "../faults/worker.ts";
import { until } from "../support/until.ts";

// A real HTTP server in the place of X, and an account that brings its own token.
const seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string; atMs: number }[] = [];
const server = createServer((request, response) => {
  const atMs = performance.timeOrigin + performance.now();
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body, atMs });
    const me = { id: "42", username: "water", name: "Water" };
    const data = request.url?.startsWith("/2/users/me") ? me : { id: "1001", text: "" };
    response.writeHead(request.method === "POST" ? 201 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify({ data }));
  });
});

let stage: Stage;
let worker: Worker;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  stage = await openStage("postgres", { env: { X_API_URL: `http://127.0.0.1:${port}` } });
  worker = await stage.worker(["x"]);
  worker.begin();
});
afterAll(async () => {
  await worker.end();
  await stage.close();
  server.close();
});

describe("an account with its own token", () => {
  it("makes exactly one POST /2/tweets, with the right body and header, at its moment and never early", async () => {
    const credentials = { accessToken: "token-of-water" };
    const account = await stage.call("POST", "/v1/accounts", { platform: "x", mode: "live", credentials });
    expect(account).toMatchObject({ handle: "water", mode: "live", externalId: "42" });
    expect(JSON.stringify(account)).not.toContain("token-of-water");

    const due = new Date(Date.now() + 2500);
    const body = { text: "Clean water is a right.", accounts: [account.id], dueAt: due.toISOString() };
    const post = await stage.call<{ id: string }>("POST", "/v1/posts", body);
    await until(
      "it is published",
      async () => (await stage.call("GET", `/v1/posts/${post.id}`)).state === "published",
    );

    const posts = seen.filter((request) => request.method === "POST");
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ url: "/2/tweets", body: '{"text":"Clean water is a right."}' });
    expect(posts[0]!.headers).toMatchObject({
      authorization: "Bearer token-of-water",
      "content-type": "application/json",
    });
    expect(posts[0]!.atMs).toBeGreaterThanOrEqual(due.getTime());
    expect(posts[0]!.atMs).toBeLessThan(due.getTime() + 5000);
  });
});
