import { describe, expect, it } from "@jest/globals";
import { intend } from "../../src/db/hot/intend.ts";
import { record } from "../../src/db/hot/record.ts";
import { release } from "../../src/db/hot/release.ts";
import { result, useDiary } from "../support/diary.ts";
import { deliveryRow, seedDelivery } from "../support/seed.ts";

const { diary, claimAll, claimOne, sending } = useDiary();
const leaseMs = 30_000;

describe("a claim", () => {
  it("is given once, though many ask at the same moment", async () => {
    const id = await seedDelivery(diary.db, diary.account);
    const answers = await Promise.all(Array.from({ length: 20 }, () => claimOne(id)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
  it("is given once, though it stands twice in one batch", async () => {
    const id = await seedDelivery(diary.db, diary.account);
    const answers = await claimAll([id, id]);
    expect(answers.filter(Boolean)).toHaveLength(1);
  });
  it("is never given before its moment by the database's clock", async () => {
    expect(await claimOne(await seedDelivery(diary.db, diary.account, { dueInMs: 5_000 }))).toBeUndefined();
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
    const id = await seedDelivery(diary.db, diary.account);
    await diary.db.pool.query(statement, [diary.account[key]]);
    expect(await claimOne(id)).toBeUndefined();
  });
  it("waits for the part before it", async () => {
    const first = await seedDelivery(diary.db, diary.account);
    expect(await claimOne(await seedDelivery(diary.db, diary.account, { after: first }))).toBeUndefined();
  });
});

describe("an intent", () => {
  it("is written once, though it stands twice in one batch", async () => {
    const id = await seedDelivery(diary.db, diary.account);
    const claimed = await claimOne(id);
    expect(
      await intend(
        diary.db,
        [claimed!, claimed!].map((one) => ({ ...one, leaseMs })),
        diary.session.id,
      ),
    ).toEqual([true, false]);
  });
  it.each([
    ["the content changed", "update deliveries set payload_hash = 'other' where id = $1"],
    ["the lease ran out", "update deliveries set lease_until = now() - interval '1 s' where id = $1"],
    ["somebody else claimed it", "update deliveries set fence = fence + 1 where id = $1"],
    ["another session holds it", "update deliveries set owner = owner + 1 where id = $1"],
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
    const id = await seedDelivery(diary.db, diary.account);
    const claimed = await claimOne(id);
    await diary.db.pool.query(statement, [id]);
    expect(await intend(diary.db, [{ ...claimed!, leaseMs }], diary.session.id)).toEqual([false]);
    expect((await diary.db.pool.query("select from attempts where delivery_id = $1", [id])).rowCount).toBe(0);
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
    const id = await seedDelivery(diary.db, diary.account);
    const claimed = await claimOne(id);
    await diary.db.pool.query(statement, [id]);
    await release(diary.db, claimed!);
    expect((await deliveryRow(diary.db, id)).state).toBe(state);
  });
});

describe("a result", () => {
  it("is kept, with its attempt closed and an event for each step", async () => {
    const { id, fence } = await sending();
    expect(
      await record(diary.db, [result(id, fence, { externalId: "1", externalUrl: "https://x.example/1" })]),
    ).toEqual([true]);
    expect(await deliveryRow(diary.db, id)).toMatchObject({
      state: "published",
      external_id: "1",
      next_check_at: null,
    });
    const { rows } = await diary.db.pool.query(
      "select from_state, type from delivery_events where delivery_id = $1 order by id",
      [id],
    );
    expect(rows).toEqual([
      { from_state: "scheduled", type: "delivery.claimed" },
      { from_state: "claimed", type: "delivery.sending" },
      { from_state: "sending", type: "delivery.published" },
    ]);
    const attempts = await diary.db.pool.query("select phase from attempts where delivery_id = $1", [id]);
    expect(attempts.rows).toEqual([{ phase: "closed" }]);
  });
  it("of an older fence changes nothing", async () => {
    const { id, fence } = await sending();
    expect(await record(diary.db, [result(id, fence - 1, { state: "failed" })])).toEqual([false]);
    expect((await deliveryRow(diary.db, id)).state).toBe("sending");
  });
  it("releases the next part of a chain, and only when this one is published", async () => {
    const { id, fence } = await sending();
    const next = await seedDelivery(diary.db, diary.account, { after: id });
    await record(diary.db, [result(id, fence, { state: "retrying", waitMs: 1000, checkAfterMs: 1000 })]);
    expect((await deliveryRow(diary.db, next)).waits_for).toBe(id);
    await diary.db.pool.query("update deliveries set not_before = null where id = $1", [id]);
    const claimed = await claimOne(id);
    await intend(diary.db, [{ ...claimed!, leaseMs }], diary.session.id);
    await record(diary.db, [
      result(id, claimed!.fence, { externalId: "2", externalUrl: "https://x.example/2" }),
    ]);
    expect((await deliveryRow(diary.db, next)).waits_for).toBeNull();
    expect(await claimOne(next)).toMatchObject({ id: next });
  });
});
