import { expect, it } from "@jest/globals";
import { until } from "../support/until.ts";
import { audit } from "./audit.ts";
import { settled } from "./kill.ts";
import { openStage } from "./stage.ts";

const count = 10_000;

it(`Redis wiped with ${count} planned loses nothing`, async () => {
  const stage = await openStage("redis");
  const accounts = await linkAccounts(stage, 200);
  const dueAt = new Date(Date.now() + 30_000).toISOString();
  const posts = Array.from({ length: count }, (_, n) => ({
    text: `Planned ${n}`,
    accounts: [accounts[n % 200]],
    dueAt,
  }));
  for (let at = 0; at < count; at += 1000)
    await stage.call("POST", "/v1/posts/bulk", posts.slice(at, at + 1000));
  await until("all are in the queue", async () => (await depth(stage)) === count, 60_000);
  const worker = await stage.worker(["mastodon"]);
  await stage.redis?.flushAll();
  worker.begin();
  expect(await until("all have come to their end", () => settled(stage), 300_000)).toEqual({
    published: count,
  });
  await worker.end();
  expect(await audit(stage)).toEqual([]);
  await stage.close();
});

type Stage = Awaited<ReturnType<typeof openStage>>;

async function linkAccounts(stage: Stage, howMany: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < howMany; n++) {
    const body = { platform: "mastodon", mode: "practice", handle: `many${n}` };
    ids.push((await stage.call<{ id: string }>("POST", "/v1/accounts", body)).id);
  }
  return ids;
}

async function depth(stage: Stage): Promise<number> {
  const { rows } = await stage.app.world.db.pool.query<{ rung: string }>(
    "select count(*) as rung from deliveries where next_check_at > due_at",
  );
  return Number(rows[0]?.rung);
}
