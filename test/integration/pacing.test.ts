import { describe, expect, it } from "@jest/globals";
import { type PacedBudget, pace } from "../../src/db/hot/pace.ts";
import { takeDueSoon } from "../../src/db/hot/ring.ts";
import { useDiary } from "../support/diary.ts";
import { deliveryRow, seedAccount, seedDelivery } from "../support/seed.ts";

const { diary, sending } = useDiary();
const minute = 60_000;
const lookAheadMs = 5 * minute;

const budget: PacedBudget = {
  platform: "x",
  scope: "account",
  max: 2,
  windowMs: 10 * minute,
  dayIn: null,
  words: "X takes 2 posts in 10 minutes.",
};
const waits = async (id: string) => {
  const { not_before: notBefore, reason_code: code } = await deliveryRow(diary.db, id);
  return code === "budget" ? Math.round((notBefore - Date.now()) / minute) : null;
};
const plan = (dueInMinutes: number) =>
  seedDelivery(diary.db, diary.account, { dueInMs: dueInMinutes * minute, maxLatenessMs: 24 * 60 * minute });

describe("a budget", () => {
  it("lets as many go as it holds, and moves the rest to where there is room, with words and a time", async () => {
    const ids = [await plan(0), await plan(1), await plan(2), await plan(3)];
    await pace(diary.db, [budget], lookAheadMs);
    expect(await Promise.all(ids.map(waits))).toEqual([null, null, 10, 11]);
    const {
      reason_text: words,
      next_check_at: next,
      not_before: notBefore,
    } = await deliveryRow(diary.db, ids[2]!);
    expect(words).toMatch(
      /^X takes 2 posts in 10 minutes\. It goes out at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/,
    );
    expect(notBefore - next).toBe(lookAheadMs);
    const rung = (await takeDueSoon(diary.db, 10_000, 100)).map(({ id }) => id);
    expect(ids.map((id) => rung.includes(id))).toEqual([true, true, false, false]);
  });

  it("counts what was sent, whatever became of it", async () => {
    await sending();
    await sending();
    const id = await plan(0);
    await pace(diary.db, [budget], lookAheadMs);
    expect(await waits(id)).toBe(10);
  });

  it("is each account's own, unless it is the app's", async () => {
    await plan(0);
    await plan(0);
    const mine = diary.account;
    diary.account = await seedAccount(diary.db);
    const other = await plan(0);
    await pace(diary.db, [budget], lookAheadMs);
    expect(await waits(other)).toBeNull();
    await diary.db.pool.query("update deliveries set next_check_at = clock_timestamp()");
    await pace(diary.db, [{ ...budget, scope: "app", max: 1000 }], lookAheadMs);
    expect(await waits(other)).toBeNull();
    await pace(diary.db, [{ ...budget, scope: "app" }], lookAheadMs);
    expect(await waits(other)).toBe(10);
    diary.account = mine;
  });

  it("of a calendar day begins anew at midnight in its own zone", async () => {
    const ids = [await plan(0), await plan(0), await plan(0)];
    await pace(
      diary.db,
      [{ ...budget, windowMs: 24 * 60 * minute, dayIn: "Pacific/Kiritimati" }],
      lookAheadMs,
    );
    const rows = await Promise.all(ids.map((id) => deliveryRow(diary.db, id)));
    const moved = rows.filter(({ reason_code: code }) => code === "budget");
    expect(moved).toHaveLength(1);
    const local = moved[0].not_before.toLocaleTimeString("en-GB", { timeZone: "Pacific/Kiritimati" });
    expect(local).toBe("00:00:00");
  });

  it("moves nothing twice, and nothing that has a moment of its own beyond the window", async () => {
    const ids = [await plan(0), await plan(0), await plan(0)];
    expect(await pace(diary.db, [budget], lookAheadMs)).toBe(1);
    expect(await pace(diary.db, [budget], lookAheadMs)).toBe(0);
    expect(await Promise.all(ids.map(waits))).toEqual(expect.arrayContaining([null, null, 10]));
  });
});
