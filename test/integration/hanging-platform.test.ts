import { createServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openStage, quickTimings, type Stage } from "../faults/stage.ts";
import type { Worker } from "../faults/worker.ts";
import { until } from "../support/until.ts";

// X takes every post and then sends its answer letter by letter, without end.
const hanging = new Set<ServerResponse>();
let letGo = 0;
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json" });
  if (request.method === "GET") {
    const id = request.headers.authorization?.slice("Bearer token-".length);
    response.end(JSON.stringify({ data: { id, username: `water${id}`, name: "Water" } }));
    return;
  }
  hanging.add(response);
  const drip = setInterval(() => response.write(" "), 250);
  response.on("close", () => {
    clearInterval(drip);
    letGo += 1;
  });
});

// Long enough that nobody gives up while this is looked at.
const patience = { sendTimeoutMs: 120_000, sendMarginMs: 10_000, claimLeaseMs: 180_000 };
const inQueue = 100; // of one platform at once, with the queue on PostgreSQL
const fromDiary = 40;

let stage: Stage;
let worker: Worker;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  stage = await openStage("postgres", {
    timings: { ...quickTimings, ...patience },
    env: { X_API_URL: `http://127.0.0.1:${port}` },
  });
  worker = await stage.worker(["x", "mastodon"]);
  worker.begin();
});
afterAll(async () => {
  worker.kill("SIGKILL"); // it would wait for its sends
  await worker.ended;
  await stage.close();
  server.closeAllConnections();
  server.close();
});

/** Posts on X by several accounts: one may not post so much. */
async function crowd(count: number): Promise<void> {
  const accounts = await Promise.all(
    ["1", "2", "3"].map((id) => {
      const credentials = { accessToken: `token-${id}` };
      return stage.call("POST", "/v1/accounts", { platform: "x", mode: "live", credentials });
    }),
  );
  for (let n = 0; n * accounts.length < count; n++) {
    const body = { text: `To all ${n}`, accounts: accounts.map(({ id }) => id), dueAt: "now" };
    await stage.call("POST", "/v1/posts", body);
  }
}

const stateOf = async (id: string) => (await stage.call("GET", `/v1/deliveries/${id}`)).state;

async function arePublished(ids: readonly string[]): Promise<boolean> {
  return (await Promise.all(ids.map(stateOf))).every((state) => state === "published");
}

async function isPrepared(id: string): Promise<boolean> {
  const { rows } = await stage.app.world.db.pool.query("select prepared from deliveries where id = $1", [id]);
  return Boolean(rows[0]?.prepared);
}

describe("a platform that hangs", () => {
  it("keeps no other platform's posts from going out, nor from being prepared", async () => {
    await crowd(inQueue + 2 * fromDiary);
    await until("it holds all it can", () => hanging.size > inQueue + fromDiary / 2, 60_000);

    const ids = await Promise.all([1, 2, 3].map((n) => stage.post("mastodon", `Post ${n}`)));
    await until("those of the other are out", () => arePublished(ids), 30_000);

    const dueAt = new Date(Date.now() + 120_000).toISOString();
    const later = await stage.post("mastodon", "With a picture", dueAt, [stage.picture]);
    await until("what is due later is uploaded", () => isPrepared(later), 30_000);
    expect(letGo).toBe(0);
  });
});
