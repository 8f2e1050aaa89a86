import { describe, expect, it } from "@jest/globals";
import { openDatabase } from "../../src/db/database.ts";
import { keepDeliveries } from "../../src/db/edit-post.ts";
import type { ClaimedDelivery } from "../../src/db/hot/claim.ts";
import { claimLate } from "../../src/db/hot/claim-late.ts";
import { holdAccount } from "../../src/db/hot/hold-account.ts";
import { giveBackAbsent, takeQuestions } from "../../src/db/hot/look.ts";
import { overtake } from "../../src/db/hot/overtake.ts";
import { savePrepared } from "../../src/db/hot/prepare.ts";
import { reap } from "../../src/db/hot/reap.ts";
import { record } from "../../src/db/hot/record.ts";
import { takeDueSoon } from "../../src/db/hot/ring.ts";
import { sessionLockClass } from "../../src/db/hot/session-connection.ts";
import { recordBatch } from "../../src/publishing/record-batch.ts";
import { createTestDatabase } from "../support/database.ts";
import { result, useDiary } from "../support/diary.ts";
import { deliveryRow, seedDelivery } from "../support/seed.ts";
import { until } from "../support/until.ts";

const { diary, claimOne, sending } = useDiary();
const sql = (text: string, values: unknown[] = []) => diary.db.pool.query(text, values);
const login = (grantVersion: string) => ({
  id: diary.account.accountId,
  workspaceId: diary.account.workspaceId,
  grantVersion,
});
const expired = { code: "login_expired", text: "Log in again" };

describe("what was prepared", () => {
  it("is not overwritten by a claim that was lost while it uploaded", async () => {
    const id = await seedDelivery(diary.db, diary.account);
    const lost = await claimOne(id, 0);
    await reap(diary.db, { x: 0 }, 0);
    const present = await claimOne(id);
    const save = (claim: ClaimedDelivery, container: string) =>
      savePrepared(diary.db, {
        ...claim,
        prepared: { values: { container } },
        againAfterMs: null,
      });
    expect(await save(present!, "B")).toBe(true);
    expect(await save(lost!, "A")).toBe(false);
    expect((await deliveryRow(diary.db, id)).prepared).toEqual({ values: { container: "B" } });
  });
});

describe("an answer that cannot be written down", () => {
  it.each([
    ["a NUL in an id", { externalId: "a\u0000b", externalUrl: "https://x.example" }],
    ["half an emoji", { externalId: "1", externalUrl: "https://x.example/\ud83d" }],
    ["an endless wait", { state: "retrying" as const, waitMs: 1e300, checkAfterMs: 1e300 }],
  ])("%s is left to a person, and does not take its batch down", async (_what, bad) => {
    const good = await sending();
    const poisoned = await sending();
    const fine = { externalId: `fine ${good.id}`, externalUrl: "https://x.example/1" };
    await recordBatch(diary.db, [
      result(good.id, good.fence, fine),
      result(poisoned.id, poisoned.fence, bad),
    ]);
    expect((await deliveryRow(diary.db, good.id)).state).toBe("published");
    expect((await deliveryRow(diary.db, poisoned.id)).state).toBe("needs_decision");
  });
});

describe("a late 401", () => {
  it("of an old login does not stop the account that was connected anew meanwhile", async () => {
    await sql("update grants set version = '2' where id = $1", [diary.account.grantId]);
    await holdAccount(diary.db, login("1"), expired);
    const { rows } = await sql("select state from accounts where id = $1", [diary.account.accountId]);
    expect(rows[0].state).toBe("active");
  });
  it("whose account was never held, for the process died between the two, does not hold its delivery for ever", async () => {
    const { id, fence } = await sending();
    await record(diary.db, [
      result(id, fence, { state: "held", checkAfterMs: 0, reasonCode: "unauthorized" }),
    ]);
    await overtake(diary.db, 0);
    expect((await deliveryRow(diary.db, id)).state).toBe("scheduled");
  });
});

describe("what time overtook", () => {
  it("is set aside, though its bell is rung again and again", async () => {
    const late = await seedDelivery(diary.db, diary.account, { dueInMs: -5000, maxLatenessMs: 1000 });
    await takeDueSoon(diary.db, 10_000, 1000);
    await overtake(diary.db, 10_000);
    expect((await deliveryRow(diary.db, late)).state).toBe("missed");
  });
  it("is never claimed when it was moved to tomorrow meanwhile", async () => {
    const id = await seedDelivery(diary.db, diary.account, { dueInMs: -120_000 });
    const other = await diary.db.pool.connect();
    await other.query("begin");
    await other.query("select from accounts where id = $1 for update", [diary.account.accountId]);
    const claiming = claimLate(diary.db, {
      platforms: ["x"],
      lateAfterMs: 60_000,
      spacingMs: 0,
      reringMs: 10_000,
      burst: 3,
      owner: diary.session.id,
      leaseMs: 15_000,
      limit: 10,
    });
    const waits =
      "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    await until("the claim waits for the account", async () => (await sql(waits)).rowCount);
    await sql("update deliveries set due_at = clock_timestamp() + interval '1 day' where id = $1", [id]);
    await other.query("commit");
    other.release();
    await claiming;
    expect((await deliveryRow(diary.db, id)).state).toBe("scheduled");
  });
});

describe("proof that a sender is gone", () => {
  it("is not spoilt by a session of the same number in another database of the server", async () => {
    const elsewhere = await createTestDatabase();
    const foreign = openDatabase(elsewhere.connection, 1, () => undefined);
    const client = await foreign.pool.connect();
    await client.query("select pg_advisory_lock($1, 777)", [sessionLockClass]);
    const { id } = await sending(0);
    await sql("update attempts set owner = 777 where delivery_id = $1", [id]);
    await reap(diary.db, { x: 0 }, 0);
    await sql("update deliveries set absences = 1 where id = $1", [id]);
    const asked = (await takeQuestions(diary.db, ["x"], 0, 100)).find((question) => question.id === id);
    const isGivenBack = await giveBackAbsent(diary.db, asked!, true);
    client.release();
    await foreign.close();
    await elsewhere.drop();
    expect(isGivenBack).toBe(true);
  });
});

describe("a new moment", () => {
  it("gets a bell of its own: the one in the queue has its name from the fence", async () => {
    const id = await seedDelivery(diary.db, diary.account, { dueInMs: 60_000 });
    const { fence, ...row } = await deliveryRow(diary.db, id);
    const planned = {
      id,
      postId: row.post_id,
      accountId: row.account_id,
      platform: "x" as const,
      variantId: row.variant_id,
      payloadHash: row.payload_hash,
      dueAt: new Date(),
      state: "scheduled" as const,
      reasonCode: null,
      reasonText: null,
      part: 0,
      afterId: null,
      prepareAheadMs: null,
    };
    await keepDeliveries(diary.db, diary.account.workspaceId, [planned], {
      rescheduled: true,
      lookAheadMs: 300_000,
    });
    expect((await deliveryRow(diary.db, id)).fence).toBe(fence + 1);
  });
});

describe("a definite no", () => {
  it("does not make us forget an earlier attempt whose fate was never known", async () => {
    const { id } = await sending(0);
    await reap(diary.db, { x: 0 }, 0);
    await sql("update deliveries set state = 'scheduled' where id = $1", [id]);
    const again = await claimOne(id);
    await record(diary.db, [
      result(id, again!.fence, { sent: false, state: "retrying", waitMs: 0, checkAfterMs: 0 }),
    ]);
    expect((await deliveryRow(diary.db, id)).sent_at).not.toBeNull();
  });
});

describe("waiting", () => {
  it("for an account to cool down says why, and is rung once, when it may go on", async () => {
    const id = await seedDelivery(diary.db, diary.account);
    await sql("update accounts set cool_until = now() + interval '10 min' where id = $1", [
      diary.account.accountId,
    ]);
    const rung = (await takeDueSoon(diary.db, 1000, 100)).filter((due) => due.id === id);
    expect(rung).toMatchObject([{ id }]);
    expect(rung[0]?.delayMs).toBeGreaterThan(9 * 60_000);
    expect((await deliveryRow(diary.db, id)).reason_code).toBe("rate_limited");
    expect((await takeDueSoon(diary.db, 1000, 100)).map((due) => due.id)).not.toContain(id);
    const { rows } = await sql(
      "select next_check_at < now() + interval '2 min' as seen from deliveries where id = $1",
      [id],
    );
    expect(rows).toEqual([{ seen: true }]);
  });

  it("for another try ends at the lateness limit", async () => {
    const { id, fence } = await sending();
    await record(diary.db, [
      result(id, fence, { state: "retrying", waitMs: 7_200_000, checkAfterMs: 7_200_000 }),
    ]);
    const [row] = (
      await sql(
        "select next_check_at <= due_at + (max_lateness_ms + 1) * interval '1 ms' as seen from deliveries where id = $1",
        [id],
      )
    ).rows;
    expect(row.seen).toBe(true);
  });

  it("for an account that goes on again ends for all, however few one round frees", async () => {
    const ids = await Promise.all([1, 2, 3].map(() => seedDelivery(diary.db, diary.account)));
    await sql("update deliveries set state = 'held', next_check_at = now() where id = any($1)", [ids]);
    for (let round = 0; round < 20; round++) await overtake(diary.db, 1000, 2);
    const { rows } = await sql("select state from deliveries where id = any($1)", [ids]);
    expect(rows).toEqual(ids.map(() => ({ state: "scheduled" })));
  });
});
