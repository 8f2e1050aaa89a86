import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { transaction } from "../../src/db/transaction.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

describe("transactions", () => {
  let database: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = openDatabase(database.connection, 5, () => undefined);
    await db.pool.query("create table counters (id text primary key, n int not null)");
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });
  beforeEach(async () => {
    await db.pool.query("truncate counters");
    await db.pool.query("insert into counters values ('a', 0), ('b', 0)");
  });

  const add = (tx: Database, id: string) =>
    tx.pool.query("update counters set n = n + 1 where id = $1", [id]);
  const counts = async () => (await db.pool.query("select id, n from counters order by id")).rows;

  it("that wait for each other's rows both come to their end, and each counts once", async () => {
    let [arrived, tries] = [0, 0];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const cross = (first: string, second: string) =>
      transaction(db, async (tx) => {
        tries++;
        await add(tx, first);
        if (++arrived === 2) open();
        await gate; // both hold their first row before either asks for its second
        await add(tx, second);
      });
    await Promise.all([cross("a", "b"), cross("b", "a")]);
    expect(tries).toBe(3);
    expect(await counts()).toEqual([
      { id: "a", n: 2 },
      { id: "b", n: 2 },
    ]);
  });

  it("run once after a deadlock where they do what cannot be done again", async () => {
    let tries = 0;
    const deadlock = Object.assign(new Error("deadlock detected"), { code: "40P01" });
    const ended = transaction(
      db,
      async () => {
        tries++;
        throw deadlock;
      },
      1,
    );
    await expect(ended).rejects.toBe(deadlock);
    expect(tries).toBe(1);
  });

  it("that fail otherwise run once, and nothing of them is kept", async () => {
    let tries = 0;
    const broken = transaction(db, async (tx) => {
      tries++;
      await add(tx, "a");
      await add(tx, "nobody");
      throw new Error("changed its mind");
    });
    await expect(broken).rejects.toThrow("changed its mind");
    expect([tries, (await counts())[0]]).toEqual([1, { id: "a", n: 0 }]);
  });
});
