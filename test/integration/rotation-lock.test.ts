import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { openSession } from "../../src/db/hot/session.ts";
import { aloneInRotating } from "../../src/db/rotation-lock.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.connection, 4, () => undefined);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

it("keys are rotated by one at a time, while a scheduler leads and while one begins to lead", async () => {
  const openLeader = () =>
    openSession(database.connection, {
      role: "all",
      platforms: ["x"],
      onDue: () => undefined,
      onError: () => undefined,
    });
  const first = await openLeader();
  expect(await first.lead()).toBe(true);
  const rotated = await aloneInRotating(db, async () => {
    expect(await aloneInRotating(db, async () => "me too")).toBeUndefined();
    await first.close();
    const second = await openLeader();
    expect(await second.lead()).toBe(true);
    await second.close();
    return "alone";
  });
  expect(rotated).toEqual({ done: "alone" });
  expect(await aloneInRotating(db, async () => "afterwards")).toEqual({ done: "afterwards" });
});
