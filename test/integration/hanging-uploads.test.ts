import { createServer, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openStage, type Stage } from "../faults/stage.ts";
import type { Worker } from "../faults/worker.ts";
import { until } from "../support/until.ts";

// X takes every file and every post and then sends its answer letter by letter, without end.
const uploads = new Set<ServerResponse>();
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { "content-type": "application/json" });
  if (request.method === "GET") {
    const id = request.headers.authorization?.slice("Bearer token-".length);
    response.end(JSON.stringify({ data: { id, username: `water${id}`, name: "Water" } }));
    return;
  }
  if (request.url?.includes("media")) uploads.add(response);
  const drip = setInterval(() => response.write(" "), 250);
  response.on("close", () => clearInterval(drip));
});

const batch = 10; // of uploads of one platform; there is room for two
const chores = 40; // for everything else that is done from the diary

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
  worker.kill("SIGKILL"); // it would wait for its uploads
  await worker.ended;
  await stage.close();
  server.closeAllConnections();
  server.close();
});

describe("uploads that hang", () => {
  it("keep nobody from looking for posts of the same platform whose answer was lost", async () => {
    const credentials = { accessToken: "token-1" };
    const { id: account } = await stage.call("POST", "/v1/accounts", {
      platform: "x",
      mode: "live",
      credentials,
    });
    const dueAt = new Date(Date.now() + 240_000).toISOString();
    const media = [{ id: stage.picture }];
    for (let n = 0; n < chores + 2 * batch; n++)
      await stage.call("POST", "/v1/posts", { text: `Later ${n}`, accounts: [account], media, dueAt });
    await until("they hold all they can", () => uploads.size > batch, 30_000);

    const now = { text: "Now", accounts: [account], dueAt: "now" };
    const { deliveries } = await stage.call<{ deliveries: { id: string }[] }>("POST", "/v1/posts", now);
    const looks = async () => {
      const { rows } = await stage.app.world.db.pool.query<{ looks: number }>(
        "select looks from deliveries where id = $1",
        [deliveries[0]?.id],
      );
      return (rows[0]?.looks ?? 0) > 0;
    };
    await until("it was looked for", looks, 20_000);
    expect(uploads.size).toBeLessThanOrEqual(2 * batch);
  });
});
