import { afterEach, describe, expect, it } from "@jest/globals";
import { audit } from "../faults/audit.ts";
import { settled } from "../faults/kill.ts";
import { openStage, type Stage } from "../faults/stage.ts";
import type { Worker } from "../faults/worker.ts";
import { describeWithRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";

let stage: Stage;
let worker: Worker | undefined;

afterEach(async () => {
  await worker?.end();
  await stage.close();
});

/** So far ahead that all are in the queue before their moment. */
async function plan(count: number): Promise<void> {
  const dueAt = new Date(Date.now() + 5000).toISOString();
  for (let n = 0; n < count; n++) await stage.post("x", `Post ${n}`, dueAt);
  worker = await stage.worker(["x"]);
}

async function expectAllPublished(count: number): Promise<void> {
  worker?.begin();
  expect(await until("all have come to their end", () => settled(stage), 60_000)).toEqual({
    published: count,
  });
  expect(await audit(stage)).toEqual([]);
}

describeWithRedis("Redis", () => {
  it("wiped before the moment loses nothing: the diary rings again", async () => {
    stage = await openStage("redis");
    await plan(40);
    await stage.redis?.flushAll();
    await expectAllPublished(40);
  });
  it("gone for good loses nothing: the API accepts, and workers help themselves from the diary", async () => {
    stage = await openStage("redis");
    await plan(5);
    worker?.begin();
    await stage.redis?.stop();
    await stage.post("x", "Accepted without a queue");
    await expectAllPublished(6);
  });
});

describe("the queue in PostgreSQL", () => {
  it("emptied before the moment loses nothing", async () => {
    stage = await openStage("postgres");
    await plan(40);
    await stage.app.world.db.pool.query("truncate bullmq.job cascade");
    await expectAllPublished(40);
  });
});
