import { describe, expect, it } from "@jest/globals";
import { longestAheadMs, prepareAheadMs } from "../../src/adapters/contract/prepare-ahead.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { claimLate } from "../../src/db/hot/claim-late.ts";
import { findOverdue } from "../../src/db/hot/overdue.ts";
import {
  giveBackPrepare,
  isStillWanted,
  keepPrepares,
  notePrepareProblem,
  savePrepared,
  type TakenPrepare,
  takePrepares,
} from "../../src/db/hot/prepare.ts";
import { releaseDeliveries } from "../../src/db/pauses.ts";
import { reviveDeliveries } from "../../src/db/revive-deliveries.ts";
import type { Media } from "../../src/domain/post.ts";
import { longestAheads } from "../../src/publishing/preparing-platforms.ts";
import { useDiary } from "../support/diary.ts";
import { deliveryRow, seedDelivery } from "../support/seed.ts";
import { until } from "../support/until.ts";

const { diary, claimOne } = useDiary();

const minuteMs = 60_000;
const sql = (text: string, values: unknown[]) => diary.db.pool.query(text, values);

/** One that is to be prepared now, and due in an hour. */
async function preparing(): Promise<string> {
  const id = await seedDelivery(diary.db, diary.account, { dueInMs: 60 * minuteMs });
  await sql("update deliveries set prepare_at = now() where id = $1", [id]);
  return id;
}

async function take(id: string, leaseMs = minuteMs): Promise<TakenPrepare | undefined> {
  const taken = await takePrepares(diary.db, ["x"], leaseMs, 100);
  return taken.find((one) => one.id === id);
}

async function keep(lease: TakenPrepare): Promise<TakenPrepare | undefined> {
  const leasedUntil = (await keepPrepares(diary.db, [lease], minuteMs)).get(lease.id);
  return leasedUntil === undefined ? undefined : { ...lease, leasedUntil };
}

describe("a prepare that is under way", () => {
  it("is nobody else's while its lease lasts, and another's once it ran out", async () => {
    const id = await preparing();
    expect(await take(id, 0)).toMatchObject({ id, fence: 0 });
    expect(await take(id)).toBeDefined();
    expect(await take(id)).toBeUndefined();
  });

  it("keeps its lease as often as its worker asks for it", async () => {
    const id = await preparing();
    const first = await take(id, 0);
    const second = await keep(first!);
    expect(await take(id)).toBeUndefined();
    expect(await keep(second!)).toBeDefined();
    expect((await deliveryRow(diary.db, id)).prepare_at.getTime()).toBeGreaterThan(Date.now());
  });

  it("has lost it where another has taken it meanwhile", async () => {
    const id = await preparing();
    const first = await take(id, 0);
    const second = await take(id);
    expect(await keep(first!)).toBeUndefined();
    expect(await keep(second!)).toBeDefined();
  });

  it.each([
    ["was changed", "payload_hash = 'other'"],
    ["was moved", "fence = fence + 1"],
    ["was stopped", "state = 'held'"],
    ["was canceled", "state = 'canceled', next_check_at = null"],
  ])("has lost it where its delivery %s", async (_, change) => {
    const id = await preparing();
    const lease = await take(id);
    expect(await isStillWanted(diary.db, lease!)).toBe(true);
    await sql(`update deliveries set ${change} where id = $1`, [id]);
    expect(await isStillWanted(diary.db, lease!)).toBe(false);
    expect(await keep(lease!)).toBeUndefined();
  });

  it("has lost it, and what it makes is not kept, where the moment's attempt has begun", async () => {
    const id = await preparing();
    const lease = await take(id);
    await sql("update deliveries set due_at = now() where id = $1", [id]);
    await claimOne(id);
    expect(await keep(lease!)).toBeUndefined();
    expect(await savePrepared(diary.db, { ...lease!, prepared: {}, againAfterMs: null })).toBe(false);
  });

  it("does not put off the next step that it has just noted", async () => {
    const id = await preparing();
    const lease = await take(id);
    await savePrepared(diary.db, { ...lease!, prepared: {}, againAfterMs: 1 });
    expect(await keep(lease!)).toBeUndefined();
    expect(await until("it is its turn", () => take(id))).toMatchObject({ prepared: {} });
  });

  it("is taken at once by another when it is given back, and only then", async () => {
    const id = await preparing();
    const lease = await take(id);
    await giveBackPrepare(diary.db, lease!);
    expect(await take(id)).toBeDefined();
    await giveBackPrepare(diary.db, lease!);
    await notePrepareProblem(diary.db, { id, code: "invalid", text: "No", againAfterMs: null });
    await giveBackPrepare(diary.db, lease!);
    expect(await take(id)).toBeUndefined();
  });
});

describe("what its worker still uploads when its moment comes", () => {
  it("is not begun by that worker a second time, while others are", async () => {
    const options = {
      platforms: ["x"],
      lateAfterMs: minuteMs,
      spacingMs: 0,
      reringMs: 10_000,
      burst: 9,
    } as const;
    const late = (except: readonly string[]) =>
      claimLate(diary.db, { ...options, owner: diary.session.id, leaseMs: 15_000, limit: 9, except });
    const overdue = (except: readonly string[]) => findOverdue(diary.db, ["x"], 0, minuteMs, 9, except);
    const lateOne = await seedDelivery(diary.db, diary.account, { dueInMs: -2 * minuteMs });
    const dueOne = await seedDelivery(diary.db, diary.account, { dueInMs: -1000 });
    expect(await late([lateOne])).toEqual([]);
    expect((await overdue([dueOne])).map(({ id }) => id)).not.toContain(dueOne);
    expect((await overdue([lateOne])).map(({ id }) => id)).toContain(dueOne);
    expect(await late([dueOne])).toMatchObject([{ id: lateOne }]);
  });
});

describe("what may go out again begins with its files as early as when it was planned", () => {
  const film = (bytes: number) => ({ id: "med_1", kind: "video", mimeType: "video/mp4", bytes }) as Media;
  async function held(media: readonly Media[]): Promise<string> {
    const id = await seedDelivery(diary.db, diary.account, {
      dueInMs: 30 * 60 * minuteMs,
      variant: { media },
    });
    await sql("update deliveries set state = 'held' where id = $1", [id]);
    return id;
  }

  const aheadOf = async (id: string) => {
    const { due_at: dueAt, prepare_at: prepareAt } = await deliveryRow(diary.db, id);
    return prepareAt === null ? null : dueAt.getTime() - prepareAt.getTime();
  };
  const ways = {
    "after a pause": () =>
      releaseDeliveries(diary.db, diary.account.workspaceId, null, longestAheads({ adapters })),
    "after its account was connected again": () =>
      reviveDeliveries(
        diary.db,
        diary.account.workspaceId,
        diary.account.accountId,
        longestAheadMs(adapters.x),
      ),
  };

  it.each(Object.entries(ways))("%s", async (_, letGo) => {
    const [small, large, huge] = [[film(1000)], [film(500_000_000), film(500_000)], [film(9_000_000_000)]];
    const ids = await Promise.all([small, large, huge].map(held));
    await letGo();
    const aheads = await Promise.all(ids.map(aheadOf));
    expect(aheads).toEqual([small, large, huge].map((media) => prepareAheadMs(adapters.x, { media })));
    expect(aheads[1]).toBe(5 * minuteMs + 2 * 4_004_000);
    expect(aheads[2]).toBe((20 * 60 - 10) * minuteMs);
  });

  it("but nothing where the platform takes no files beforehand", async () => {
    const id = await held([film(1000)]);
    await reviveDeliveries(diary.db, diary.account.workspaceId, diary.account.accountId, null);
    expect(await aheadOf(id)).toBeNull();
    const other = await held([film(1000)]);
    await releaseDeliveries(diary.db, diary.account.workspaceId, null, { mastodon: minuteMs });
    expect(await aheadOf(other)).toBeNull();
  });
});
