import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { platforms } from "../../src/domain/platform.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { deliveryRow, seedDelivery } from "../support/seed.ts";
import { addStranger } from "../support/stranger.ts";

const minuteMs = 60_000;

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi();
});
afterAll(() => api.close());

describe("an account that is connected again", () => {
  it("is active, and what it held goes out unless it is too late", async () => {
    const account = await link("again");
    const [soon, late, tooLate] = [
      await held(account.id, 10 * minuteMs),
      await held(account.id, -5 * minuteMs),
      await held(account.id, -60 * minuteMs),
    ];
    await sql(
      "update accounts set state = 'held', reason_code = 'login_expired', reason_text = 'x' where id = $1",
      account.id,
    );
    const before = await grantOf(account.id);
    const { status, json } = await register("again");
    expect([status, json.id, json.state, json.reason]).toEqual([200, account.id, "active", null]);
    expect((await grantOf(account.id)).version).not.toBe(before.version);
    expect(await statesOf(soon, late, tooLate)).toEqual(["scheduled", "scheduled", "missed"]);
    expect(await deliveryRow(api.world.db, tooLate)).toMatchObject({
      reason_code: "too_late",
      next_check_at: null,
    });
    const row = await deliveryRow(api.world.db, late);
    expect([row.reason_code, row.next_check_at <= new Date()]).toEqual([null, true]);
    expect(await eventsOf(account.id)).toEqual(["account.linked", "account.reconnected"]);
    expect(await lastEventOf(late)).toMatchObject({ type: "delivery.scheduled", from_state: "held" });
  });

  it("stays paused where a person paused it, and what it held stays held", async () => {
    const account = await link("quiet");
    const delivery = await held(account.id, -minuteMs);
    await api.call("PATCH", `/v1/accounts/${account.id}`, { state: "paused", reason: "Elections" });
    const { json } = await register("quiet");
    expect([json.state, json.reason]).toEqual(["paused", { code: "paused", message: "Elections" }]);
    expect(await statesOf(delivery)).toEqual(["held"]);
  });

  it("lets nothing out while the whole workspace is paused", async () => {
    const account = await link("hush");
    const delivery = await held(account.id, -minuteMs);
    await api.call("POST", "/v1/pause", { reason: "Wait" });
    await register("hush");
    expect(await statesOf(delivery)).toEqual(["held"]);
    await sql("update workspaces set paused_at = null where id = $1", api.workspaceId);
  });
});

describe("an account that is disconnected", () => {
  it("has no credentials any more; what was to go out is canceled, what is past its intent is told", async () => {
    const account = await link("leaving");
    const open = await seed(account.id, 10 * minuteMs);
    const claimed = await seed(account.id, -10);
    await sql(
      "update deliveries set state = 'claimed', fence = 7, lease_until = now() where id = $1",
      claimed,
    );
    const sending = await seed(account.id, -10);
    await sql("update deliveries set state = 'sending' where id = $1", sending);
    const { status, json } = await api.call("DELETE", `/v1/accounts/${account.id}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ account: { id: account.id, state: "disconnected" }, canceled: 2 });
    expect(json.alreadySending).toEqual([expect.objectContaining({ id: sending, state: "sending" })]);
    expect(await statesOf(open, claimed, sending)).toEqual(["canceled", "canceled", "sending"]);
    expect(await deliveryRow(api.world.db, claimed)).toMatchObject({
      fence: 8,
      reason_code: "account_disconnected",
    });
    const { version, ...grant } = await grantOf(account.id);
    expect(grant).toMatchObject({ key_id: "", wrapped_key: Buffer.alloc(0), sealed: Buffer.alloc(0) });
    const opening = api.world.credentialsOf(api.workspaceId, grant.id, version);
    await expect(opening).rejects.toMatchObject({ code: "vault_empty" });
  });

  it("stays so, twice or not; linking the identity again makes another account", async () => {
    const account = await link("twice");
    await api.call("DELETE", `/v1/accounts/${account.id}`);
    const again = await api.call("DELETE", `/v1/accounts/${account.id}`);
    expect([again.status, again.json.canceled]).toEqual([200, 0]);
    const patch = await api.call("PATCH", `/v1/accounts/${account.id}`, { state: "active" });
    expect([patch.status, patch.json.code]).toEqual([409, "wrong_state"]);
    const fresh = await register("twice");
    expect([fresh.status, fresh.json.id === account.id]).toEqual([201, false]);
    const listed = await api.call("GET", "/v1/accounts?state=disconnected");
    expect(listed.json.data.map(({ id }) => id)).toContain(account.id);
  });
});

describe("a change of an account", () => {
  it("gives it a name of ours, and pauses it until it may go on", async () => {
    const account = await link("patched");
    const path = `/v1/accounts/${account.id}`;
    expect((await api.call("PATCH", path, { name: "Water desk" })).json.name).toBe("Water desk");
    const paused = await api.call("PATCH", path, { state: "paused" });
    expect([paused.status, paused.json.state]).toEqual([200, "paused"]);
    const active = await api.call("PATCH", path, { state: "active" });
    expect(active.json).toMatchObject({ state: "active", reason: null, name: "Water desk" });
    expect((await register("patched")).json.name).toBe("Water desk");
  });

  it.each([
    [{}, ""],
    [{ name: "" }, "/name"],
    [{ state: "held" }, "/state"],
    [{ state: "active", reason: "x" }, "/reason"],
    [{ handle: "other" }, "/handle"],
    [{ workspaceId: "ws_x" }, "/workspaceId"],
  ])("is refused where it is not as documented: %j", async (body, pointer) => {
    const account = await link("unchanged");
    const { status, json } = await api.call("PATCH", `/v1/accounts/${account.id}`, body);
    expect([status, json.issues[0]?.pointer]).toEqual([400, pointer]);
  });
});

describe("accounts", () => {
  it("are listed in pages, by platform and state, oldest first", async () => {
    const ids = [(await link("list1", "mastodon")).id, (await link("list2", "mastodon")).id];
    const first = await api.call("GET", "/v1/accounts?platform=mastodon&limit=1");
    expect(first.json.data.map(({ id }) => id)).toEqual(ids.slice(0, 1));
    const second = await api.call(
      "GET",
      `/v1/accounts?platform=mastodon&limit=1&cursor=${first.json.nextCursor}`,
    );
    expect(second.json.data.map(({ id }) => id)).toEqual(ids.slice(1));
    expect(second.json.nextCursor).toBeNull();
    expect((await api.call("GET", "/v1/accounts?state=paused&platform=mastodon")).json.data).toEqual([]);
  });

  it("tell when something last went out there", async () => {
    const account = await link("proud");
    const delivery = await seed(account.id, -10);
    await sql(
      "update deliveries set state = 'published', external_id = '1', published_at = '2026-11-20T10:00:00Z', next_check_at = null where id = $1",
      delivery,
    );
    const { json } = await api.call("GET", `/v1/accounts/${account.id}`);
    expect(json.lastSuccessAt).toBe("2026-11-20T10:00:00.000Z");
  });

  it("are there for their own workspace alone", async () => {
    const account = await link("private");
    const { headers } = await addStranger(api);
    const path = `/v1/accounts/${account.id}`;
    for (const [method, body] of [
      ["GET"],
      ["PATCH", { name: "x" }],
      ["PATCH", { state: "paused" }],
      ["DELETE"],
    ] as const)
      expect((await api.call(method, path, body, headers)).status).toBe(404);
    expect((await api.call("GET", "/v1/accounts", undefined, headers)).json.data).toEqual([]);
    expect((await api.call("GET", path)).json).toMatchObject({ state: "active", name: account.name });
    const theirs = await register("private", "x", headers);
    expect([theirs.status, theirs.json.id === account.id]).toEqual([201, false]);
  });

  it("are linked and disconnected with an admin's key only", async () => {
    const { headers } = await addStranger(api, ["read", "write", "publish"]);
    expect((await register("nobody", "x", headers)).status).toBe(403);
    expect((await api.call("DELETE", `/v1/accounts/acc_${"0".repeat(26)}`, undefined, headers)).status).toBe(
      403,
    );
  });
});

it("platforms say what they take, and where this workspace has a live account", async () => {
  const before = await api.call("GET", "/v1/platforms");
  expect(before.json.data.map(({ platform }) => platform)).toEqual([...platforms]);
  for (const platform of before.json.data)
    expect(platform).toMatchObject({
      configured: false,
      capabilities: { text: {} },
      policy: {},
      budgets: {},
    });
  const account = await link("configured", "facebook");
  await sql("update accounts set mode = 'live' where id = $1", account.id);
  const after = await api.call("GET", "/v1/platforms");
  expect(after.json.data.filter(({ configured }) => configured).map(({ platform }) => platform)).toEqual([
    "facebook",
  ]);
});

function register(handle: string, platform = "x", headers: Record<string, string> = {}) {
  return api.call("POST", "/v1/accounts", { platform, mode: "practice", handle }, headers);
}

async function link(handle: string, platform = "x") {
  return (await register(handle, platform)).json;
}

function seed(accountId: string, dueInMs: number): Promise<string> {
  const account = { workspaceId: api.workspaceId, accountId, grantId: "", platform: "x" } as const;
  return seedDelivery(api.world.db, account, { dueInMs });
}

async function held(accountId: string, dueInMs: number): Promise<string> {
  const id = await seed(accountId, dueInMs);
  await sql("update deliveries set state = 'held', reason_code = 'account_held' where id = $1", id);
  return id;
}

async function sql(text: string, ...values: unknown[]) {
  return (await api.world.db.pool.query(text, values)).rows;
}

async function statesOf(...ids: string[]): Promise<string[]> {
  return Promise.all(ids.map(async (id) => (await deliveryRow(api.world.db, id)).state));
}

async function grantOf(accountId: string) {
  const [row] = await sql(
    "select g.* from grants g join accounts a on a.grant_id = g.id where a.id = $1",
    accountId,
  );
  return row;
}

async function eventsOf(accountId: string): Promise<string[]> {
  const rows = await sql(
    "select type from delivery_events where account_id = $1 and delivery_id is null order by id",
    accountId,
  );
  return rows.map(({ type }) => type);
}

async function lastEventOf(deliveryId: string) {
  return (
    await sql("select * from delivery_events where delivery_id = $1 order by id desc limit 1", deliveryId)
  )[0];
}
