import { beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { platforms } from "../../src/domain/platform.ts";
import { useApi } from "../support/api.ts";
import { until } from "../support/until.ts";

let queue: () => Promise<boolean> = async () => true;
const api = useApi({ queueHealthy: () => queue(), queueDepth: async () => ({ x: 7 }) });
let x: string;
beforeAll(async () => {
  x = await api.addAccount("x");
});

interface Ready {
  ready: boolean;
  database: boolean;
  queue: boolean;
  scheduler: { alive: boolean; lastBeatMs: number | null };
  workers: Record<string, { alive: boolean; lastBeatMs: number | null }>;
  overdue: number | null;
}

const ready = () => api.call<Ready>("GET", "/readyz", { key: null });
const beat = (role: string, served: readonly string[], agoSeconds = 0, ended = false) =>
  api.sql(
    `insert into worker_sessions (role, platforms, last_beat, ended_at)
     values ($1, $2, now() - $3 * interval '1 second', case when $4 then now() end)`,
    [role, served, agoSeconds, ended],
  );
const plan = async (more: object = {}) =>
  (
    await api.call<{ id: string }>("POST", "/v1/posts", {
      body: { text: "Water", accounts: [x], dueAt: "now", ...more },
    })
  ).body.id;
const moveDue = (id: string, agoSeconds: number) =>
  api.sql("update deliveries set due_at = now() - $2 * interval '1 second' where post_id = $1", [
    id,
    agoSeconds,
  ]);

describe("readyz says whether posts will go out", () => {
  beforeEach(async () => {
    queue = async () => true;
    await api.sql("truncate worker_sessions");
    await api.sql("update deliveries set state = 'canceled', next_check_at = null");
    await beat("scheduler", platforms);
    for (const platform of platforms) await beat("worker", [platform]);
  });

  it("they will", async () => {
    const { status, body } = await ready();
    expect([status, body]).toMatchObject([
      200,
      { ready: true, database: true, queue: true, scheduler: { alive: true }, overdue: 0 },
    ]);
    expect(Object.keys(body.workers).sort()).toEqual([...platforms].sort());
  });
  it("one process may do it all", async () => {
    await api.sql("truncate worker_sessions");
    await beat("all", platforms);
    expect((await ready()).status).toBe(200);
  });
  it("not when a worker has fallen silent, is gone, or never came", async () => {
    await api.sql("delete from worker_sessions where 'x' = any(platforms) and role = 'worker'");
    expect((await ready()).body.workers.x).toEqual({ alive: false, lastBeatMs: null });
    await beat("worker", ["x"], 0, true);
    expect((await ready()).status).toBe(503);
    await beat("worker", ["x"], 60);
    const { status, body } = await ready();
    expect([status, body.workers.x?.alive]).toEqual([503, false]);
    expect(body.workers.x?.lastBeatMs).toBeGreaterThan(59_000);
  });
  it("not without a scheduler", async () => {
    await api.sql("delete from worker_sessions where role = 'scheduler'");
    expect(await ready()).toMatchObject({ status: 503, body: { scheduler: { alive: false } } });
  });
  it.each(["says no", "fails", "is silent"] as const)("not when the queue %s", async (how) => {
    const answers = {
      "says no": async () => false,
      fails: () => Promise.reject(new Error("secret")),
      "is silent": () => new Promise<boolean>(() => undefined),
    };
    queue = answers[how];
    const { status, body } = await ready();
    expect([status, body.queue]).toEqual([503, false]);
    expect(JSON.stringify(body)).not.toContain("secret");
  });
  it("not while something is due and unsent for more than 20 seconds, though nothing stops it", async () => {
    const id = await plan();
    await moveDue(id, 10);
    expect((await ready()).body.overdue).toBe(0);
    await moveDue(id, 30);
    expect(await ready()).toMatchObject({ status: 503, body: { overdue: 1 } });
    await api.call("POST", "/v1/pause", { body: { reason: "Night" } });
    expect((await ready()).body.overdue).toBe(0);
    await api.call("POST", "/v1/resume");
  });
  it("but waiting for a login to be renewed is no fault of ours", async () => {
    const id = await plan();
    await moveDue(id, 30);
    await api.sql("update accounts set state = 'held' where id = $1", [x]);
    expect((await ready()).body.overdue).toBe(0);
    await api.sql("update accounts set state = 'active' where id = $1", [x]);
    expect((await ready()).body.overdue).toBe(1);
  });
});

describe("metrics", () => {
  const scrape = async (): Promise<string> =>
    (await api.call<string>("GET", "/metrics", { key: null })).body as unknown as string;
  const value = (text: string, name: string) =>
    Number(new RegExp(`^${name.replace(/[{}]/g, "\\$&")} (\\S+)$`, "m").exec(text)?.[1] ?? 0);

  it("count each outcome once, with its lateness, and what is open", async () => {
    const [a, b] = [await plan(), await plan()];
    await moveDue(a, 3);
    await api.sql(
      "update deliveries set state = 'published', published_at = now(), next_check_at = null where post_id = $1",
      [a],
    );
    await api.sql("update deliveries set state = 'uncertain' where post_id = $1", [b]);
    await api.sql(
      `insert into delivery_events (workspace_id, type, delivery_id, account_id)
       select workspace_id, 'delivery.' || state, id, account_id from deliveries where post_id in ($1, $2)`,
      [a, b],
    );
    // What is counted is what no running transaction can still change, in any database of the server.
    const counted = 'clarion_delivery_outcomes_total{platform="x",outcome="published"}';
    await until("it is counted", async () => value(await scrape(), counted) > 0);
    for (const text of [await scrape(), await scrape()]) {
      expect(value(text, counted)).toBe(1);
      expect(value(text, 'clarion_delivery_lateness_seconds_count{platform="x"}')).toBe(1);
      expect(value(text, 'clarion_delivery_lateness_seconds_bucket{le="2",platform="x"}')).toBe(0);
      expect(value(text, 'clarion_delivery_lateness_seconds_bucket{le="5",platform="x"}')).toBe(1);
      expect(value(text, 'clarion_deliveries_open{platform="x",state="uncertain"}')).toBe(1);
      expect(value(text, 'clarion_queue_depth{platform="x"}')).toBe(7);
      expect(text).toMatch(
        /clarion_http_request_seconds_count\{method="POST",route="\/v1\/posts",status="201"\}/,
      );
    }
  });
});
