import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { claim } from "../../src/db/hot/claim.ts";
import { claimLate } from "../../src/db/hot/claim-late.ts";
import { holdAccount } from "../../src/db/hot/hold-account.ts";
import { intend } from "../../src/db/hot/intend.ts";
import { giveBackAbsent, lookAgain, takeQuestions } from "../../src/db/hot/look.ts";
import { mergeEvidence } from "../../src/db/hot/merge-evidence.ts";
import { overtake } from "../../src/db/hot/overtake.ts";
import { reap } from "../../src/db/hot/reap.ts";
import { type Result, record } from "../../src/db/hot/record.ts";
import { release } from "../../src/db/hot/release.ts";
import { takeDueSoon } from "../../src/db/hot/ring.ts";
import { openSession, type Session } from "../../src/db/hot/session.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { deliveryRow, type SeededAccount, seedAccount, seedDelivery } from "../support/seed.ts";

let database: TestDatabase;
let db: Database;
let session: Session;
let account: SeededAccount;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.connection, 10, () => undefined);
  session = await openSession(database.connection, {
    role: "worker",
    platforms: ["x"],
    onDue() {},
    onError() {},
  });
});
afterAll(async () => {
  await session.close();
  await db.close();
  await database.drop();
});
beforeEach(async () => {
  account = await seedAccount(db);
});

const claimOptions = (leaseMs = 15_000) => ({ owner: session.id, leaseMs, lateAfterMs: 60_000 });
const claimOne = async (id: string, leaseMs?: number) => (await claim(db, [id], claimOptions(leaseMs)))[0];
const intent = (id: string, fence: number, payloadHash = "hash") => ({ id, fence, payloadHash });
const result = (id: string, fence: number, more: Partial<Result>): Result => ({
  id,
  fence,
  sent: true,
  state: "published",
  externalId: null,
  externalUrl: null,
  handle: null,
  reasonCode: null,
  reasonText: null,
  waitMs: null,
  checkAfterMs: null,
  settleMs: null,
  attemptCost: 1,
  httpStatus: null,
  outcome: "",
  ...more,
});

/** Claimed and intended: from here on nobody knows whether it was sent. */
async function sending(leaseMs = 30_000): Promise<{ id: string; fence: number }> {
  const id = await seedDelivery(db, account);
  const claimed = await claimOne(id);
  await intend(db, [intent(id, claimed!.fence)], leaseMs);
  return { id, fence: claimed!.fence };
}

describe("a claim", () => {
  it("is given once, though many ask at the same moment", async () => {
    const id = await seedDelivery(db, account);
    const answers = await Promise.all(Array.from({ length: 20 }, () => claimOne(id)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
  it("is given once, though it stands twice in one batch", async () => {
    const id = await seedDelivery(db, account);
    const answers = await claim(db, [id, id], claimOptions());
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
  it("is never given before its moment by the database's clock", async () => {
    expect(await claimOne(await seedDelivery(db, account, { dueInMs: 5_000 }))).toBeUndefined();
  });
  it.each([
    ["its workspace is paused", "update workspaces set paused_at = now() where id = $1", "workspaceId"],
    ["its account is held", "update accounts set state = 'held' where id = $1", "accountId"],
    [
      "the platform asked to slow down",
      "update accounts set cool_until = now() + interval '1 min' where id = $1",
      "accountId",
    ],
  ] as const)("is refused while %s", async (_why, statement, key) => {
    const id = await seedDelivery(db, account);
    await db.pool.query(statement, [account[key]]);
    expect(await claimOne(id)).toBeUndefined();
  });
  it("waits for the part before it", async () => {
    const first = await seedDelivery(db, account);
    expect(await claimOne(await seedDelivery(db, account, { after: first }))).toBeUndefined();
  });
});

describe("an intent", () => {
  it("is written once, though it stands twice in one batch", async () => {
    const id = await seedDelivery(db, account);
    const claimed = await claimOne(id);
    const twice = [intent(id, claimed!.fence), intent(id, claimed!.fence)];
    expect(await intend(db, twice, 30_000)).toEqual([true, false]);
  });
  it.each([
    ["the content changed", "update deliveries set payload_hash = 'other' where id = $1"],
    ["the lease ran out", "update deliveries set lease_until = now() - interval '1 s' where id = $1"],
    ["somebody else claimed it", "update deliveries set fence = fence + 1 where id = $1"],
    ["it was canceled", "update deliveries set state = 'canceled', next_check_at = null where id = $1"],
    ["it is later than its limit", "update deliveries set due_at = now() - interval '2 h' where id = $1"],
    [
      "the account was paused",
      "update accounts set state = 'paused' where id = (select account_id from deliveries where id = $1)",
    ],
    [
      "the workspace was paused",
      "update workspaces set paused_at = now() where id = (select workspace_id from deliveries where id = $1)",
    ],
  ])("is refused when %s", async (_why, statement) => {
    const id = await seedDelivery(db, account);
    const claimed = await claimOne(id);
    await db.pool.query(statement, [id]);
    expect(await intend(db, [intent(id, claimed!.fence)], 30_000)).toEqual([false]);
    expect((await db.pool.query("select from attempts where delivery_id = $1", [id])).rowCount).toBe(0);
  });
});

describe("a refused intent gives the delivery back", () => {
  it.each([
    [
      "held",
      "update workspaces set paused_at = now() where id = (select workspace_id from deliveries where id = $1)",
    ],
    ["missed", "update deliveries set due_at = now() - interval '2 h' where id = $1"],
    ["scheduled", "select $1::text"],
  ])("as %s", async (state, statement) => {
    const id = await seedDelivery(db, account);
    const claimed = await claimOne(id);
    await db.pool.query(statement, [id]);
    await release(db, claimed!);
    expect((await deliveryRow(db, id)).state).toBe(state);
  });
});

describe("a result", () => {
  it("is kept, with its attempt closed and an event for each step", async () => {
    const { id, fence } = await sending();
    expect(
      await record(db, [result(id, fence, { externalId: "1", externalUrl: "https://x.example/1" })]),
    ).toEqual([true]);
    expect(await deliveryRow(db, id)).toMatchObject({
      state: "published",
      external_id: "1",
      next_check_at: null,
    });
    const { rows } = await db.pool.query(
      "select from_state, type from delivery_events where delivery_id = $1 order by id",
      [id],
    );
    expect(rows).toEqual([
      { from_state: "scheduled", type: "delivery.claimed" },
      { from_state: "claimed", type: "delivery.sending" },
      { from_state: "sending", type: "delivery.published" },
    ]);
    const attempts = await db.pool.query("select phase from attempts where delivery_id = $1", [id]);
    expect(attempts.rows).toEqual([{ phase: "closed" }]);
  });
  it("of an older fence changes nothing", async () => {
    const { id, fence } = await sending();
    expect(await record(db, [result(id, fence - 1, { state: "failed" })])).toEqual([false]);
    expect((await deliveryRow(db, id)).state).toBe("sending");
  });
  it("releases the next part of a chain, and only when this one is published", async () => {
    const { id, fence } = await sending();
    const next = await seedDelivery(db, account, { after: id });
    await record(db, [result(id, fence, { state: "retrying", waitMs: 1000, checkAfterMs: 1000 })]);
    expect((await deliveryRow(db, next)).waits_for).toBe(id);
    await db.pool.query("update deliveries set not_before = null where id = $1", [id]);
    const claimed = await claimOne(id);
    await intend(db, [intent(id, claimed!.fence)], 30_000);
    await record(db, [result(id, claimed!.fence, { externalId: "2", externalUrl: "https://x.example/2" })]);
    expect((await deliveryRow(db, next)).waits_for).toBeNull();
    expect(await claimOne(next)).toMatchObject({ id: next });
  });
});

describe("a lease that ran out", () => {
  it("before the intent gives the delivery back: nothing was sent", async () => {
    const id = await seedDelivery(db, account);
    await claimOne(id, 0);
    expect((await reap(db, { x: 0 }, 0)).givenBack).toBe(1);
    expect((await deliveryRow(db, id)).state).toBe("scheduled");
  });
  it("after the intent makes it uncertain, under a fence of its own", async () => {
    const { id, fence } = await sending(0);
    expect((await reap(db, { x: 60_000 }, 0)).doubted).toBe(1);
    expect(await deliveryRow(db, id)).toMatchObject({ state: "uncertain", fence: fence + 1 });
    expect(await record(db, [result(id, fence, { state: "failed" })])).toEqual([false]);
  });
  it("and a late acceptance is still believed", async () => {
    const { id } = await sending(0);
    await reap(db, { x: 60_000 }, 0);
    await mergeEvidence(db, { id, externalId: "9", externalUrl: "https://x.example/9" });
    expect(await deliveryRow(db, id)).toMatchObject({ state: "published", external_id: "9" });
    expect(await claimOne(id)).toBeUndefined();
  });
});

describe("an uncertain delivery of a platform that is searched", () => {
  async function question(settleMs: number) {
    const { id } = await sending(0);
    await reap(db, { x: settleMs }, 0);
    const [taken] = await takeQuestions(db, ["x"], 0, 100).then((all) => all.filter((q) => q.id === id));
    return taken!;
  }
  it("is not sent again after one absence", async () => {
    const asked = await question(0);
    await db.pool.query("update attempts set outcome = 'indeterminate' where delivery_id = $1", [asked.id]);
    expect(await giveBackAbsent(db, asked, true)).toBe(false);
  });
  it("is not sent again before it has settled", async () => {
    const asked = await question(60_000);
    await lookAgain(db, asked, { afterMs: 0, absent: true, counts: true });
    await db.pool.query("update attempts set outcome = 'indeterminate' where delivery_id = $1", [asked.id]);
    expect(await giveBackAbsent(db, asked, true)).toBe(false);
  });
  it("is not sent again while its sender may still live", async () => {
    const asked = await question(0);
    await lookAgain(db, asked, { afterMs: 0, absent: true, counts: true });
    expect(await giveBackAbsent(db, asked, true)).toBe(false);
  });
  it("is sent again after two absences when the sender's session is gone", async () => {
    const mine = session;
    session = await openSession(database.connection, {
      role: "worker",
      platforms: ["x"],
      onDue() {},
      onError() {},
    });
    const asked = await question(0);
    await lookAgain(db, asked, { afterMs: 0, absent: true, counts: true });
    await session.close();
    session = mine;
    expect(await giveBackAbsent(db, asked, true)).toBe(true);
    expect((await deliveryRow(db, asked.id)).state).toBe("scheduled");
  });
});

describe("time", () => {
  it("rings ahead with the remaining delay, rounded up", async () => {
    const id = await seedDelivery(db, account, { dueInMs: 2_000 });
    const due = (await takeDueSoon(db, 10_000, 1000)).find((one) => one.id === id);
    expect(due!.delayMs).toBeGreaterThan(1_000);
    expect(due!.delayMs).toBeLessThanOrEqual(2_000);
  });
  it("lets nothing go out later than its limit", async () => {
    const id = await seedDelivery(db, account, { dueInMs: -5_000, maxLatenessMs: 1_000 });
    await overtake(db);
    expect(await deliveryRow(db, id)).toMatchObject({ state: "missed", reason_code: "too_late" });
  });
  it("holds what falls due for a stopped account", async () => {
    const id = await seedDelivery(db, account);
    await holdAccount(
      db,
      { id: account.accountId, workspaceId: account.workspaceId },
      { code: "login_expired", text: "Log in again" },
    );
    await overtake(db);
    expect(await deliveryRow(db, id)).toMatchObject({
      state: "held",
      reason_code: "account_held",
      reason_text: "Log in again",
    });
  });
});

describe("what is more than a minute late", () => {
  const late = (spacingMs: number) =>
    claimLate(db, {
      platforms: ["x"],
      lateAfterMs: 60_000,
      spacingMs,
      reringMs: 10_000,
      burst: 3,
      owner: session.id,
      leaseMs: 15_000,
      limit: 100,
    });
  it("is left out by the ordinary claim and released one at a time", async () => {
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push(await seedDelivery(db, account, { dueInMs: -90_000 + n }));
    expect(await claim(db, ids, claimOptions())).toEqual([undefined, undefined, undefined]);
    expect((await late(60_000)).map((one) => one.id)).toEqual([ids[0]]);
    expect(await late(60_000)).toEqual([]);
  });
  it("trips the breaker at the fourth within a minute: the account is held", async () => {
    for (let n = 0; n < 5; n++) await seedDelivery(db, account, { dueInMs: -90_000 + n });
    const released = [];
    for (let n = 0; n < 5; n++) released.push(...(await late(0)));
    expect(released).toHaveLength(3);
    const { rows } = await db.pool.query("select state, reason_code from accounts where id = $1", [
      account.accountId,
    ]);
    expect(rows[0]).toEqual({ state: "held", reason_code: "late_burst" });
  });
});
