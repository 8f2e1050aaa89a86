import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Redis } from "ioredis";
import pg from "pg";
import { createTestDatabase } from "../support/database.ts";
import { describeWithRedis, startRedis, type TestRedis } from "../support/redis.ts";

describe("a test database", () => {
  it("is migrated, empty, alone, and gone after drop", async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const client = new pg.Client(first.url);
    client.on("error", () => undefined);
    await client.connect();
    const { rows } = await client.query("select count(*)::int as deliveries from deliveries");
    expect(rows).toEqual([{ deliveries: 0 }]);
    await client.query("create table only_here ()");
    await expect(query(second.connection, "select from only_here")).rejects.toThrow("does not exist");
    await Promise.all([first.drop(), second.drop()]);
    await expect(query(first.connection, "select 1")).rejects.toThrow("does not exist");
  });

  it("is not used as a superuser, as in the product", async () => {
    const database = await createTestDatabase();
    const rows = await query(
      database.connection,
      "select rolsuper from pg_roles where rolname = current_user",
    );
    expect(rows).toEqual([{ rolsuper: false }]);
    await database.drop();
  });
});

describeWithRedis("a test Redis", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  it("evicts nothing, writes a log, and can be emptied", async () => {
    const client = new Redis(redis.url);
    expect(await client.config("GET", "maxmemory-policy")).toEqual(["maxmemory-policy", "noeviction"]);
    expect(await client.config("GET", "appendonly")).toEqual(["appendonly", "yes"]);
    await client.set("key", "value");
    await redis.flushAll();
    expect(await client.dbsize()).toBe(0);
    client.disconnect();
  });

  it("is another one each time", async () => {
    const other = await startRedis();
    expect(other.url).not.toBe(redis.url);
    await other.stop();
    expect(() => process.kill(other.pid, 0)).toThrow("ESRCH");
  });
});

async function query(connection: pg.ClientConfig, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ ...connection, ssl: false });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
