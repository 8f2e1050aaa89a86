import { describe, expect, it } from "@jest/globals";
import { claimLate } from "../../src/db/hot/claim-late.ts";
import { holdAccount } from "../../src/db/hot/hold-account.ts";
import { giveBackAbsent, lookAgain, takeQuestions } from "../../src/db/hot/look.ts";
import { mergeEvidence } from "../../src/db/hot/merge-evidence.ts";
import { overtake } from "../../src/db/hot/overtake.ts";
import { reap } from "../../src/db/hot/reap.ts";
import { record } from "../../src/db/hot/record.ts";
import { takeDueSoon } from "../../src/db/hot/ring.ts";
import { openWorkerSession, result, useDiary } from "../support/diary.ts";
import { deliveryRow, seedDelivery } from "../support/seed.ts";

const { diary, claimAll, claimOne, sending } = useDiary();

describe("a lease that ran out", () => {
  it("before the intent gives the delivery back: nothing was sent", async () => {
    const id = await seedDelivery(diary.db, diary.account);
    await claimOne(id, 0);
    expect((await reap(diary.db, { x: 0 }, 0)).givenBack).toBe(1);
    expect((await deliveryRow(diary.db, id)).state).toBe("scheduled");
  });
  it("after the intent makes it uncertain, under a fence of its own", async () => {
    const { id, fence } = await sending(0);
    expect((await reap(diary.db, { x: 60_000 }, 0)).doubted).toBe(1);
    expect(await deliveryRow(diary.db, id)).toMatchObject({ state: "uncertain", fence: fence + 1 });
    expect(await record(diary.db, [result(id, fence, { state: "failed" })])).toEqual([false]);
  });
  it("and a late acceptance is still believed", async () => {
    const { id } = await sending(0);
    await reap(diary.db, { x: 60_000 }, 0);
    await mergeEvidence(diary.db, { id, externalId: "9", externalUrl: "https://x.example/9" });
    expect(await deliveryRow(diary.db, id)).toMatchObject({ state: "published", external_id: "9" });
    expect(await claimOne(id)).toBeUndefined();
  });
});

describe("an uncertain delivery of a platform that is searched", () => {
  async function question(settleMs: number) {
    const { id } = await sending(0);
    await reap(diary.db, { x: settleMs }, 0);
    const [taken] = await takeQuestions(diary.db, ["x"], 0, 100).then((all) =>
      all.filter((q) => q.id === id),
    );
    return taken!;
  }
  it("is not sent again after one absence", async () => {
    const asked = await question(0);
    await diary.db.pool.query("update attempts set outcome = 'indeterminate' where delivery_id = $1", [
      asked.id,
    ]);
    expect(await giveBackAbsent(diary.db, asked, true)).toBe(false);
  });
  it("is not sent again before it has settled", async () => {
    const asked = await question(60_000);
    await lookAgain(diary.db, asked, { afterMs: 0, absent: true, counts: true });
    await diary.db.pool.query("update attempts set outcome = 'indeterminate' where delivery_id = $1", [
      asked.id,
    ]);
    expect(await giveBackAbsent(diary.db, asked, true)).toBe(false);
  });
  it("is not sent again while its sender may still live", async () => {
    const asked = await question(0);
    await lookAgain(diary.db, asked, { afterMs: 0, absent: true, counts: true });
    expect(await giveBackAbsent(diary.db, asked, true)).toBe(false);
  });
  it("is sent again after two absences when the sender's session is gone", async () => {
    const mine = diary.session;
    diary.session = await openWorkerSession(diary.database);
    const asked = await question(0);
    await lookAgain(diary.db, asked, { afterMs: 0, absent: true, counts: true });
    await diary.session.close();
    diary.session = mine;
    expect(await giveBackAbsent(diary.db, asked, true)).toBe(true);
    expect((await deliveryRow(diary.db, asked.id)).state).toBe("scheduled");
  });
});

describe("time", () => {
  it("rings ahead with the remaining delay, rounded up", async () => {
    const id = await seedDelivery(diary.db, diary.account, { dueInMs: 2_000 });
    const due = (await takeDueSoon(diary.db, 10_000, 1000)).find((one) => one.id === id);
    expect(due!.delayMs).toBeGreaterThan(1_000);
    expect(due!.delayMs).toBeLessThanOrEqual(2_000);
  });
  it("lets nothing go out later than its limit", async () => {
    const id = await seedDelivery(diary.db, diary.account, { dueInMs: -5_000, maxLatenessMs: 1_000 });
    await overtake(diary.db, 0);
    expect(await deliveryRow(diary.db, id)).toMatchObject({ state: "missed", reason_code: "too_late" });
  });
  it("holds what falls due for a stopped account", async () => {
    const id = await seedDelivery(diary.db, diary.account);
    await holdAccount(
      diary.db,
      { id: diary.account.accountId, workspaceId: diary.account.workspaceId, grantVersion: "1" },
      { code: "login_expired", text: "Log in again" },
    );
    await overtake(diary.db, 0);
    expect(await deliveryRow(diary.db, id)).toMatchObject({
      state: "held",
      reason_code: "account_held",
      reason_text: "Log in again",
    });
  });
});

describe("what is more than a minute late", () => {
  const late = (spacingMs: number) =>
    claimLate(diary.db, {
      platforms: ["x"],
      lateAfterMs: 60_000,
      spacingMs,
      reringMs: 10_000,
      burst: 3,
      owner: diary.session.id,
      leaseMs: 15_000,
      limit: 100,
    });
  it("is left out by the ordinary claim and released one at a time", async () => {
    const ids = [];
    for (let n = 0; n < 3; n++)
      ids.push(await seedDelivery(diary.db, diary.account, { dueInMs: -90_000 + n }));
    expect(await claimAll(ids)).toEqual([undefined, undefined, undefined]);
    expect((await late(60_000)).map((one) => one.id)).toEqual([ids[0]]);
    expect(await late(60_000)).toEqual([]);
  });
  it("trips the breaker at the fourth within a minute: the account is held", async () => {
    for (let n = 0; n < 5; n++) await seedDelivery(diary.db, diary.account, { dueInMs: -90_000 + n });
    const released = [];
    for (let n = 0; n < 5; n++) released.push(...(await late(0)));
    expect(released).toHaveLength(3);
    const { rows } = await diary.db.pool.query("select state, reason_code from accounts where id = $1", [
      diary.account.accountId,
    ]);
    expect(rows[0]).toEqual({ state: "held", reason_code: "late_burst" });
  });
});
