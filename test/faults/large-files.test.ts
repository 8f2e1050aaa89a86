import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Platform } from "../../src/domain/platform.ts";
import { sendTimeoutFor } from "../../src/domain/send-time.ts";
import { openSlowLine, type SlowLine } from "../support/slow-line.ts";
import { until } from "../support/until.ts";
import { audit } from "./audit.ts";
import { settled } from "./kill.ts";
import { openStage, quickTimings, type Stage } from "./stage.ts";
import { uploadNoise } from "./upload-noise.ts";
import type { Worker } from "./worker.ts";

// A second here is what twenty are in earnest, and the slowest line we plan for is faster.
const timings = {
  ...quickTimings,
  sendTimeoutMs: 1000,
  longestSendMs: 20_000,
  slowestBytesPerSecond: 500_000,
  goodbyeMs: 300,
};

describe.each<Platform>(["tumblr", "pinterest"])(
  "%s, which takes files together with the post",
  (platform) => {
    let line: SlowLine;
    let stage: Stage;
    let file = { id: "", bytes: 0 };
    let worker: Worker | undefined;
    beforeAll(async () => {
      line = await openSlowLine();
      stage = await openStage("postgres", { timings, env: { PRACTICE_API_URL: line.url } });
      line.targetPort = stage.app.practice.port;
      file = await uploadNoise(stage);
    });
    afterAll(async () => {
      await stage?.close();
      line?.close();
    });
    beforeEach(async () => {
      worker = await stage.worker([platform]);
      worker.begin();
    });
    afterEach(async () => {
      line.bytesPerSecond = Number.POSITIVE_INFINITY;
      await worker?.end();
    });

    const posts = (text: string) => stage.app.practice.ledger().counts[platform]?.[text]?.accepted ?? 0;
    const post = (text: string) => stage.post(platform, text, "now", [file.id]);
    const attempts = async (id: string) => {
      const { rows } = await stage.app.world.db.pool.query<{
        outcome: string | null;
        ms: number;
        leaseMs: number;
      }>(
        `select t.outcome, extract(epoch from t.ended_at - t.started_at)::float8 * 1000 as ms,
         extract(epoch from d.lease_until - t.started_at)::float8 * 1000 as "leaseMs"
       from attempts t join deliveries d on d.id = t.delivery_id where d.id = $1 order by t.fence`,
        [id],
      );
      return rows;
    };

    it("a transfer that takes longer than a post without files may take is published, once", async () => {
      line.bytesPerSecond = 800_000;
      const id = await post(`${platform} patiently`);
      await until("it is being sent", async () => (await attempts(id)).length > 0);
      const [{ leaseMs } = { leaseMs: 0 }] = await attempts(id);
      expect(leaseMs).toBeGreaterThan(sendTimeoutFor(timings, file.bytes));
      expect(await until("its end", () => settled(stage), 30_000)).toEqual({ published: 1 });
      const all = await attempts(id);
      expect(all.map(({ outcome }) => outcome)).toEqual(["published"]);
      expect(all[0]?.ms).toBeGreaterThan(timings.sendTimeoutMs + timings.sendMarginMs);
      expect(posts(`${platform} patiently`)).toBe(1);
    });

    it("a line slower than we plan for leaves it uncertain; it is looked for, and goes out once", async () => {
      line.bytesPerSecond = 100_000;
      const id = await post(`${platform} too slowly`);
      const first = await until(
        "the first attempt is given up",
        async () => {
          const [attempt] = await attempts(id);
          return attempt?.outcome ? attempt : undefined;
        },
        30_000,
      );
      expect(first.outcome).toBe("indeterminate");
      expect(first.ms).toBeLessThan(sendTimeoutFor(timings, 2 * file.bytes));
      line.bytesPerSecond = Number.POSITIVE_INFINITY;
      await until("its end", () => settled(stage), 30_000);
      expect(posts(`${platform} too slowly`)).toBe(1);
      expect(await audit(stage)).toEqual([]);
    });

    it("a process that is told to stop breaks off what takes too long; nobody knows of it, and it is looked for", async () => {
      line.bytesPerSecond = 300_000;
      const before = line.carried;
      const id = await post(`${platform} interrupted`);
      await until("it is on its way", () => line.carried > before + file.bytes / 10);
      await worker?.end();
      expect((await attempts(id)).map(({ outcome }) => outcome)).toEqual(["indeterminate"]);
      line.bytesPerSecond = Number.POSITIVE_INFINITY;
      worker = await stage.worker([platform]);
      worker.begin();
      await until("its end", () => settled(stage), 30_000);
      expect(posts(`${platform} interrupted`)).toBe(1);
      expect(await audit(stage)).toEqual([]);
    });
  },
);
