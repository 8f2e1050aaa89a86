import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { claim } from "../../src/db/hot/claim.ts";
import { intend } from "../../src/db/hot/intend.ts";
import type { Result } from "../../src/db/hot/record.ts";
import { openSession, type Session } from "../../src/db/hot/session.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { type SeededAccount, seedAccount, seedDelivery } from "./seed.ts";

/** A database of its own, a worker session, and a fresh account for every test of the file that calls this. */
export function useDiary() {
  const diary = {} as { database: TestDatabase; db: Database; session: Session; account: SeededAccount };
  beforeAll(async () => {
    diary.database = await createTestDatabase();
    diary.db = openDatabase(diary.database.connection, 10, () => undefined);
    diary.session = await openWorkerSession(diary.database);
  });
  beforeEach(async () => {
    diary.account = await seedAccount(diary.db);
  });
  afterAll(async () => {
    await diary.session.close();
    await diary.db.close();
    await diary.database.drop();
  });

  const claimOptions = (leaseMs = 15_000) => ({ owner: diary.session.id, leaseMs, lateAfterMs: 60_000 });
  return {
    diary,
    claimAll: (ids: readonly string[]) => claim(diary.db, ids, claimOptions()),
    claimOne: async (id: string, leaseMs?: number) => (await claim(diary.db, [id], claimOptions(leaseMs)))[0],
    /** Claimed and intended: from here on nobody knows whether it was sent. */
    async sending(leaseMs = 30_000): Promise<{ id: string; fence: number }> {
      const id = await seedDelivery(diary.db, diary.account);
      const [claimed] = await claim(diary.db, [id], claimOptions());
      await intend(diary.db, [{ ...claimed!, leaseMs }], diary.session.id);
      return { id, fence: claimed!.fence };
    },
  };
}

export const openWorkerSession = (database: TestDatabase): Promise<Session> =>
  openSession(database.connection, { role: "worker", platforms: ["x"], onDue() {}, onError() {} });

/** A result with nothing said but what the test is about. */
export const result = (id: string, fence: number, more: Partial<Result>): Result => ({
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
