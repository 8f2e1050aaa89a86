import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { openSlowLine, type SlowLine } from "../support/slow-line.ts";
import { until } from "../support/until.ts";
import { audit } from "./audit.ts";
import { openStage, quickTimings, type Stage } from "./stage.ts";
import { uploadNoise } from "./upload-noise.ts";
import type { Worker } from "./worker.ts";

// Mastodon takes a file in one request, which cannot be resumed. It takes some ten seconds here.
const bytesPerSecond = 200_000;
const timings = { ...quickTimings, prepareLeaseMs: 4000, goodbyeMs: 300 };

let line: SlowLine;
let stage: Stage;
let file = { id: "", bytes: 0 };
const workers: Worker[] = [];
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
afterEach(async () => {
  line.bytesPerSecond = Number.POSITIVE_INFINITY;
  await Promise.all(workers.splice(0).map((worker) => worker.end()));
});

async function work(): Promise<Worker> {
  const worker = await stage.worker(["mastodon"]);
  workers.push(worker);
  worker.begin();
  return worker;
}

/** Plans a post with the file, on a line that is slow from now on. */
async function plan(text: string, inMs: number) {
  line.bytesPerSecond = bytesPerSecond;
  const before = line.carried;
  const id = await stage.post("mastodon", text, new Date(Date.now() + inMs).toISOString(), [file.id]);
  return { id, uploads: () => (line.carried - before) / file.bytes };
}

async function rowOf(id: string) {
  const { rows } = await stage.app.world.db.pool.query<{
    state: string;
    fence: number;
    isPrepared: boolean;
    waits: boolean;
    lateMs: number;
  }>(
    `select state, fence, prepared is not null as "isPrepared", prepare_at <= clock_timestamp() as waits,
       extract(epoch from published_at - due_at)::float8 * 1000 as "lateMs" from deliveries where id = $1`,
    [id],
  );
  return rows[0]!;
}

const isPublished = async (id: string) => (await rowOf(id)).state === "published";
const postOf = async (id: string) =>
  (await stage.call<{ postId: string }>("GET", `/v1/deliveries/${id}`)).postId;
const copies = (text: string) => stage.app.practice.ledger().counts.mastodon?.[text]?.accepted ?? 0;

describe("an upload that takes longer than its lease", () => {
  it("is one worker's while that lives, and the post goes out at its moment", async () => {
    await Promise.all([work(), work()]);
    const { id, uploads } = await plan("Patiently", 16_000);
    await until("it has begun", () => uploads() > 0.05);
    const begunMs = performance.now();
    await until("it is prepared", async () => (await rowOf(id)).isPrepared, 30_000);
    expect(performance.now() - begunMs).toBeGreaterThan(2 * timings.prepareLeaseMs);
    await until("it is out", () => isPublished(id), 30_000);
    expect((await rowOf(id)).lateMs).toBeLessThan(1000);
    expect(uploads()).toBeLessThan(1.2);
    expect(copies("Patiently")).toBe(1);
  });

  it("is another's soon after its worker was killed", async () => {
    const first = await work();
    const { id, uploads } = await plan("After a death", 120_000);
    await until("it has begun", () => uploads() > 0.2);
    await work();
    first.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    const uploaded = uploads();
    await until("it is begun anew", () => uploads() > uploaded + 0.05, 30_000);
    line.bytesPerSecond = Number.POSITIVE_INFINITY;
    await until("it is prepared", async () => (await rowOf(id)).isPrepared, 30_000);
    await stage.call("POST", `/v1/posts/${await postOf(id)}/publish`);
    await until("it is out", () => isPublished(id), 30_000);
    expect(copies("After a death")).toBe(1);
  });

  it("is given back at once by a process that is told to stop", async () => {
    const first = await work();
    const { id, uploads } = await plan("Interrupted", 120_000);
    await until("it has begun", () => uploads() > 0.05);
    expect((await rowOf(id)).waits).toBe(false);
    await first.end();
    expect(uploads()).toBeLessThan(0.5);
    expect(await rowOf(id)).toMatchObject({ waits: true, isPrepared: false, state: "scheduled" });
    await stage.call("POST", `/v1/posts/${await postOf(id)}/cancel`);
  });
});

describe("a moment that comes while the files are still on their way", () => {
  it("waits for them instead of uploading them a second time beside, and the post goes out once", async () => {
    await work();
    const { id, uploads } = await plan("Begun too late", 4000);
    await until("its moment is long past", async () => uploads() > 0.8, 30_000);
    expect(await rowOf(id)).toMatchObject({ state: "scheduled", fence: 0 });
    await until("it is out", () => isPublished(id), 30_000);
    expect(await rowOf(id)).toMatchObject({ fence: 1 });
    expect(uploads()).toBeLessThan(1.2);
    expect(copies("Begun too late")).toBe(1);
    expect(await audit(stage)).toEqual([]);
  });
});
