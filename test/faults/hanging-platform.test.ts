import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Platform } from "../../src/domain/platform.ts";
import { type HangingLine, openHangingLine } from "../support/hanging-line.ts";
import { describeWithRedis } from "../support/redis.ts";
import { until } from "../support/until.ts";
import { audit } from "./audit.ts";
import { settled } from "./kill.ts";
import { openStage, quickTimings, type Stage } from "./stage.ts";
import type { Worker } from "./worker.ts";

// In one process, as in the embedded mode: whatever the hung platform takes up, it takes from the others.
const hung: Platform = "x";
const others: readonly Platform[] = ["mastodon", "bluesky", "wordpress"];
// More of each than a platform has room for.
const crowd = 45;
// A hung call is given up after half a minute at the earliest: who waited for one is later than this.
const boundMs = 20_000;
const timings = { ...quickTimings, lookLeaseMs: 60_000 };

function holdsFor(backend: "postgres" | "redis"): void {
  let line: HangingLine;
  let stage: Stage;
  let worker: Worker;
  beforeEach(async () => {
    line = await openHangingLine();
    stage = await openStage(backend, { timings, env: { PRACTICE_API_URL: line.url } });
    line.targetPort = stage.app.practice.port;
    line.hung = hung;
    worker = await stage.worker([hung, ...others]);
  }, 120_000);
  afterEach(async () => {
    line.recover();
    await worker?.end();
    await stage?.close();
    line?.close();
  }, 120_000);

  const pool = () => stage.app.world.db.pool;
  const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
  const count = async (condition: string, values: unknown[] = []) => {
    const { rows } = await pool().query<{ count: string }>(
      `select count(*) as count from deliveries d join variants v on v.id = d.variant_id where ${condition}`,
      values,
    );
    return Number(rows[0]?.count);
  };
  const areAll = (state: string, text: string) =>
    count("d.state = $1 and v.content->>'text' like $2", [state, `${text}%`]);

  /** Its preparing, its publishing, its looks: more than there is room for. */
  async function crowdTheHung(): Promise<void> {
    for (let n = 0; n < crowd; n++) await stage.post(hung, `Pictures ${n}`, inMs(60_000), [stage.picture]);
    for (let n = 0; n < crowd; n++) await stage.post(hung, `Words ${n}`);
  }

  it("changes no other platform's lateness, and its own posts go out once when it is back", async () => {
    const asked = (what: RegExp) => line.asked.filter((call) => what.test(call)).length;
    await stage.post(hung, "Words of its own", inMs(90_000));
    worker.begin();
    await until("its login is tried in vain", () => asked(/users\/me/) > 0, 60_000); // a full room tries none
    await crowdTheHung();
    await until("it hangs everywhere", () => asked(/media/) > 0 && asked(/^POST .*tweets/) >= crowd, 60_000);
    await until("and is looked at in vain", () => asked(/^GET .*tweets/) > 0, 60_000);

    for (const platform of others) {
      await stage.post(platform, `Later ${platform}`, inMs(45_000), [stage.picture]);
      await stage.post(platform, `Lost bell ${platform}`, inMs(8000));
      for (let n = 0; n < 5; n++) await stage.post(platform, `On time ${platform} ${n}`, inMs(4000));
    }
    stage.app.practice.setFault("mastodon", { fault: "reset_after_accept", times: 2 });
    await until(
      "the bells wait in the queue",
      async () => (await count("d.next_check_at < d.due_at and v.content->>'text' like 'Lost bell%'")) === 0,
    );
    await (stage.redis ? stage.redis.flushAll() : pool().query("truncate bullmq.job cascade"));

    await until(
      "others' media is prepared ahead",
      async () =>
        (await count(
          "d.prepared is not null and d.state = 'scheduled' and v.content->>'text' like 'Later%'",
        )) === others.length,
      40_000,
    );
    await until(
      "what was due is out",
      async () => (await areAll("published", "On time")) === 5 * others.length,
      30_000,
    );
    await until(
      "without a bell, too",
      async () => (await areAll("published", "Lost bell")) === others.length,
      30_000,
    );
    expect(await areAll("published", "Words ")).toBe(0); // it hung all the while
    expect(await lateness()).toBeLessThan(boundMs);

    line.recover();
    expect(await until("everything has come to its end", () => settled(stage), 180_000)).toEqual({
      published: 1 + 2 * crowd + 7 * others.length,
    });
    expect(await audit(stage)).toEqual([]);
  }, 400_000);

  async function lateness(): Promise<number> {
    const { rows } = await pool().query<{ ms: number }>(
      `select max(extract(epoch from t.started_at - d.due_at))::float8 * 1000 as ms
       from attempts t join deliveries d on d.id = t.delivery_id where d.platform = any($1)`,
      [others],
    );
    return rows[0]?.ms ?? Number.POSITIVE_INFINITY;
  }
}

describe("a platform that takes connections and never answers, the queue on PostgreSQL", () =>
  holdsFor("postgres"));
describeWithRedis("a platform that takes connections and never answers, the queue on Redis", () =>
  holdsFor("redis"),
);
