import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Redis } from "ioredis";
import pg from "pg";
import { dumpFiles, dumpPostgres, dumpRedis } from "../support/all-that-is-kept.ts";
import { openCanaries } from "../support/canaries.ts";
import { createTestDatabase } from "../support/database.ts";
import { describeWithRedis, startRedis } from "../support/redis.ts";
import { tempFolder } from "../support/temp-folder.ts";

describe("what is looked for would be found", () => {
  it("in any table, as text, as bytes and inside JSON", async () => {
    const { connection, drop } = await createTestDatabase();
    const [pool, canaries, secret] = [new pg.Pool({ ...connection, ssl: false }), ...planted()];
    await pool.query("create schema queue");
    for (const [type, value] of [
      ["text", secret],
      ["text", Buffer.from(`:${secret}`).toString("base64")],
      ["bytea", Buffer.from(`Bearer ${secret}`)],
      ["jsonb", JSON.stringify({ deep: [{ down: secret }] })],
      ["text[]", [secret]],
    ] as const) {
      await pool.query(`create table queue."Job" (data ${type})`);
      await pool.query(`insert into queue."Job" values ($1)`, [value]);
      expect(canaries.foundIn(await dumpPostgres(pool))).not.toEqual([]);
      await pool.query(`drop table queue."Job"`);
    }
    expect(canaries.foundIn(await dumpPostgres(pool))).toEqual([]);
    await pool.end();
    await drop();
  });

  it("in any file, in any spelling", async () => {
    const [folder, [canaries, secret]] = [await tempFolder(), planted()];
    await mkdir(join(folder.path, "a/b"), { recursive: true });
    for (const spelling of [
      secret,
      secret.slice(8),
      encodeURIComponent(secret),
      Buffer.from(secret).toString("hex").toUpperCase(),
      ...["", "x", "xy"].map((before) => Buffer.from(before + secret + before).toString("base64")),
      Buffer.from(`xy${secret}`).toString("base64url"),
    ]) {
      await writeFile(join(folder.path, "a/b/c"), `before ${spelling} after`);
      expect(canaries.foundIn(await dumpFiles(folder.path))).not.toEqual([]);
      expect(canaries.foundIn(await dumpFiles(folder.path, ["a/b"]))).toEqual([]);
    }
    await folder.remove();
  });
});

describeWithRedis("what is looked for would be found", () => {
  it("in Redis, whatever it lies in", async () => {
    const [redis, [canaries, secret]] = [await startRedis(), planted()];
    const client = new Redis(redis.url);
    const plants = [
      () => client.set("a", secret),
      () => client.set(secret, "a"),
      () => client.hset("a", "b", secret),
      () => client.rpush("a", secret),
      () => client.sadd("a", secret),
      () => client.zadd("a", 1, secret),
      () => client.xadd("a", "*", "b", secret),
    ];
    for (const plant of plants) {
      await plant();
      expect(canaries.foundIn(await dumpRedis(redis.url))).not.toEqual([]);
      await client.flushall();
    }
    client.disconnect();
    await redis.stop();
  });
});

function planted() {
  const [canaries, secret] = [openCanaries(), `${randomBytes(24).toString("base64")}+/&=`];
  canaries.add("planted", secret);
  return [canaries, secret] as const;
}
