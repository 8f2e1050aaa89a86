import { afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { claim } from "../../src/db/hot/claim.ts";
import { intend } from "../../src/db/hot/intend.ts";
import { useApi } from "../support/api.ts";

const api = useApi();
let x: string;
let mastodon: string;
beforeAll(async () => {
  x = await api.addAccount("x");
  mastodon = await api.addAccount("mastodon");
});
afterEach(() => api.call("POST", "/v1/resume"));

interface Post {
  id: string;
  state: string;
  code?: string;
  alreadySending?: { id: string }[];
  deliveries: { id: string; accountId: string; state: string; error: { code: string } | null }[];
}

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const create = async (more: object = {}) => {
  const body = { text: "Water", accounts: [x, mastodon], dueAt: inMs(3_600_000), ...more };
  return (await api.call<Post>("POST", "/v1/posts", { body })).body;
};
const cancel = (id: string) => api.call<Post>("POST", `/v1/posts/${id}/cancel`);
const read = async (id: string) => (await api.call<Post>("GET", `/v1/posts/${id}`)).body;
const claimed = async (id: string) => {
  const [delivery] = await claim(api.db, [id], { owner: 1, leaseMs: 60_000, lateAfterMs: 60_000 });
  return { id, owner: 1, fence: delivery?.fence ?? 0, payloadHash: delivery?.payloadHash ?? "" };
};

describe("cancel stops what has not gone out", () => {
  it("a planned post, and a draft; twice is not an error", async () => {
    for (const more of [{}, { dueAt: null }]) {
      const { id } = await create(more);
      expect(await cancel(id)).toMatchObject({
        status: 200,
        body: { state: "canceled", alreadySending: [] },
      });
      expect(await cancel(id)).toMatchObject({ status: 200, body: { state: "canceled" } });
      expect((await read(id)).state).toBe("canceled");
    }
  });

  it("a claim that a worker holds: its intent is refused", async () => {
    const { id, deliveries } = await create({ dueAt: "now" });
    const held = await claimed(deliveries[0]?.id ?? "");
    await cancel(id);
    expect(await intend(api.db, [{ ...held, leaseMs: 30_000 }], 1)).toEqual([false]);
  });

  it("but not what is past its intent, which the answer lists", async () => {
    const { id, deliveries } = await create({ dueAt: "now" });
    const sending = deliveries[0]?.id ?? "";
    await intend(api.db, [{ ...(await claimed(sending)), leaseMs: 30_000 }], 1);
    const { status, body } = await cancel(id);
    expect([status, body.alreadySending?.map((delivery) => delivery.id)]).toEqual([200, [sending]]);
    expect(body.deliveries.map(({ id: one, state }) => [one === sending, state]).sort()).toEqual([
      [false, "canceled"],
      [true, "sending"],
    ]);
    await api.setState(id, "failed");
  });

  it("says so where nothing can be stopped", async () => {
    const { id } = await create();
    await api.setState(id, "sending");
    expect(await cancel(id)).toMatchObject({ status: 409, body: { code: "already_sending" } });
    await api.setState(id, "published");
    expect(await cancel(id)).toMatchObject({ status: 409, body: { code: "wrong_state" } });
  });
});

describe("pause stops everything that has not gone out", () => {
  const pause = (body: object) => api.call("POST", "/v1/pause", { body });
  const resume = (body?: object) => api.call("POST", "/v1/resume", { body });

  it("of the workspace: what is planned, claimed and retried is held, with the reason", async () => {
    const [planned, now, retried] = [await create(), await create({ dueAt: "now" }), await create()];
    const held = await claimed(now.deliveries[0]?.id ?? "");
    await api.setState(retried.id, "retrying");
    const { status, body } = await pause({ reason: "Rumours of a raid" });
    expect([status, body.alreadySending]).toEqual([200, []]);
    for (const { id } of [planned, now, retried])
      expect((await read(id)).deliveries).toMatchObject([
        { state: "held", error: { code: "workspace_paused", message: "Rumours of a raid" } },
        { state: "held" },
      ]);
    expect(await intend(api.db, [{ ...held, leaseMs: 30_000 }], 1)).toEqual([false]);
    expect(await create()).toMatchObject({
      deliveries: [{ state: "held" }, { state: "held" }],
      warnings: [{ code: "workspace_paused", message: expect.stringContaining("Rumours of a raid") }],
    });
  });

  it("and can be asked what stands still", async () => {
    expect((await api.call("GET", "/v1/pause")).body).toEqual({ pausedAt: null, reason: null, accounts: [] });
    await pause({ reason: "Looking into it", accountId: x });
    await pause({ reason: "Rumours of a raid" });
    expect((await api.call("GET", "/v1/pause")).body).toEqual({
      pausedAt: expect.stringMatching(/^20.*Z$/),
      reason: "Rumours of a raid",
      accounts: [{ id: x, state: "paused", reason: "Looking into it" }],
    });
    await resume({ accountId: x });
  });

  it("of one account only, and another workspace never", async () => {
    const other = await api.addWorkspace();
    const theirs = await api.addAccount("x", { workspaceId: other.id });
    const foreign = await api.call<Post>("POST", "/v1/posts", {
      key: other.key,
      body: { text: "Theirs", accounts: [theirs], dueAt: inMs(3_600_000) },
    });
    const { id } = await create();
    expect(await pause({ reason: "Check", accountId: theirs })).toMatchObject({
      status: 422,
      body: { code: "unknown_account" },
    });
    await pause({ reason: "Check", accountId: x });
    const states = Object.fromEntries(
      (await read(id)).deliveries.map(({ accountId, state }) => [accountId, state]),
    );
    expect(states).toEqual({ [x]: "held", [mastodon]: "scheduled" });
    await pause({ reason: "All" });
    const after = await api.call<Post>("GET", `/v1/posts/${foreign.body.id}`, { key: other.key });
    expect(after.body.deliveries).toMatchObject([{ state: "scheduled" }]);
    await resume({ accountId: x });
  });

  it("and lists what is past its intent", async () => {
    const { id } = await create();
    await api.setState(id, "sending");
    const { body } = await pause({ reason: "Now" });
    expect((body.alreadySending as unknown[]).length).toBeGreaterThanOrEqual(2);
    expect((await read(id)).deliveries).toMatchObject([{ state: "sending" }, { state: "sending" }]);
    await api.setState(id, "failed");
  });

  it("on resume nothing is flushed: what fell due is missed, the rest goes out at its moment", async () => {
    const [later, overdue] = [await create(), await create({ dueAt: "now" })];
    await pause({ reason: "Night" });
    const { status, body } = await resume();
    expect([status, body.missed]).toEqual([200, expect.any(Number)]);
    expect((await read(later.id)).deliveries).toMatchObject([
      { state: "scheduled", error: null },
      { state: "scheduled" },
    ]);
    expect((await read(overdue.id)).deliveries).toMatchObject([
      { state: "missed", error: { code: "paused_too_long" } },
      { state: "missed" },
    ]);
    const [check] = await api.sql(
      "select bool_and(next_check_at <= due_at) as checked, bool_and(prepare_at is not null) filter (where platform = 'x') as prepares from deliveries where post_id = $1",
      [later.id],
    );
    expect(check).toEqual({ checked: true, prepares: true });
  });

  it("resuming the workspace leaves a paused account paused", async () => {
    await pause({ reason: "One", accountId: x });
    await pause({ reason: "All" });
    const { id } = await create();
    await resume();
    const states = Object.fromEntries(
      (await read(id)).deliveries.map(({ accountId, state }) => [accountId, state]),
    );
    expect(states).toEqual({ [x]: "held", [mastodon]: "scheduled" });
    await resume({ accountId: x });
    expect((await read(id)).deliveries).toMatchObject([{ state: "scheduled" }, { state: "scheduled" }]);
  });

  it("an account whose login is dead is not resumed, and a post for it says so; one our own breaker held is, and either can be stopped", async () => {
    const [dead, burst] = [
      await api.addAccount("x", { state: "held" }),
      await api.addAccount("x", { state: "held" }),
    ];
    await api.sql(
      "update accounts set reason_code = case when id = $1 then 'login_expired' else 'late_burst' end where id in ($1, $2)",
      [dead, burst],
    );
    const refused = { status: 409, body: { code: "wrong_state" } };
    expect(await resume({ accountId: dead })).toMatchObject(refused);
    expect(await create({ accounts: [dead] })).toMatchObject({ warnings: [{ code: "account_held" }] });
    expect(await resume({ accountId: burst })).toMatchObject({ status: 200 });
    expect(await pause({ reason: "To be sure", accountId: dead })).toMatchObject({ status: 200 });
  });
});
