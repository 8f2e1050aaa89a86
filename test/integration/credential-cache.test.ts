import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type CredentialsOf, createCredentialCache } from "../../src/accounts/credentials.ts";
import { createVault } from "../../src/accounts/vault.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { putGrant, wipeGrant } from "../../src/db/grants.ts";
import { insertWorkspace } from "../../src/db/workspaces.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const vault = createVault(randomBytes(32));

describe("opened credentials", () => {
  let database: TestDatabase;
  let db: Database;
  let queries = 0;
  let credentialsOf: CredentialsOf;
  beforeAll(async () => {
    database = await createTestDatabase();
    db = openDatabase(database.connection, 5, () => undefined);
    for (const id of ["ws_a", "ws_b"]) await insertWorkspace(db, { id, name: id });
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });
  beforeEach(() => {
    queries = 0;
    credentialsOf = createCredentialCache(counting(), vault, { max: 3000 });
  });

  it("of a burst of 2,000 deliveries on 1,500 accounts come in two queries, then in none", async () => {
    const versions = new Map<string, string>();
    for (let n = 0; n < 1500; n += 1) versions.set(`grt_${n}`, await put(`grt_${n}`, `token-${n}`));
    const ask = (n: number) =>
      credentialsOf("ws_a", `grt_${n % 1500}`, versions.get(`grt_${n % 1500}`) ?? "");
    const burst = () => Promise.all(Array.from({ length: 2000 }, (_, n) => ask(n)));
    const opened = await burst();
    expect(opened.every(({ accessToken }, n) => accessToken === `token-${n % 1500}`)).toBe(true);
    expect(queries).toBe(2);
    await burst();
    expect(queries).toBe(2);
  });

  it("are read anew when another version is asked for", async () => {
    const first = await put("grt_v", "old");
    expect(await credentialsOf("ws_a", "grt_v", first)).toEqual({ accessToken: "old" });
    const second = await put("grt_v", "new");
    expect(await credentialsOf("ws_a", "grt_v", second)).toEqual({ accessToken: "new" });
  });

  it("that were renewed since they were asked for are the new ones, and not kept under the old version", async () => {
    const first = await put("grt_r", "old");
    await put("grt_r", "new");
    expect(await credentialsOf("ws_a", "grt_r", first)).toEqual({ accessToken: "new" });
    await credentialsOf("ws_a", "grt_r", first);
    expect(queries).toBe(2);
  });

  it("are there for their own workspace alone, also when both are asked for in one query", async () => {
    const version = await put("grt_w", "ours");
    const [ours, theirs] = await Promise.allSettled([
      credentialsOf("ws_a", "grt_w", version),
      credentialsOf("ws_b", "grt_w", version),
    ]);
    expect(ours).toMatchObject({ status: "fulfilled", value: { accessToken: "ours" } });
    expect(theirs).toMatchObject({ status: "rejected", reason: { code: "vault_empty" } });
    expect(queries).toBe(1);
  });

  it("that are damaged or wiped do no harm to those asked for with them, and are asked for again", async () => {
    const versions = [
      await put("grt_good", "good"),
      await put("grt_bad", "bad"),
      await put("grt_gone", "gone"),
    ];
    await db.pool.query(
      "update grants set sealed = (select sealed from grants where id = 'grt_good') where id = 'grt_bad'",
    );
    await wipeGrant(db, "ws_a", "grt_gone");
    const ask = () =>
      Promise.allSettled(
        ["grt_good", "grt_bad", "grt_gone"].map((id, n) => credentialsOf("ws_a", id, versions[n] ?? "")),
      );
    expect(await ask()).toMatchObject([
      { value: { accessToken: "good" } },
      { reason: { code: "vault_damaged" } },
      { reason: { code: "vault_empty" } },
    ]);
    await ask();
    expect(queries).toBe(2);
  });

  it("are forgotten, the longest unused first, when there are too many", async () => {
    const few = createCredentialCache(counting(), vault, { max: 2 });
    const versions = new Map<string, string>();
    for (const id of ["grt_1", "grt_2", "grt_3"]) versions.set(id, await put(id, id));
    for (const id of ["grt_1", "grt_2", "grt_1", "grt_3", "grt_1"])
      await few("ws_a", id, versions.get(id) ?? "");
    expect(queries).toBe(3);
    await few("ws_a", "grt_2", versions.get("grt_2") ?? "");
    expect(queries).toBe(4);
  });

  it("are not remembered as missing when the database was away", async () => {
    const version = await put("grt_back", "back");
    const pool = { query: () => Promise.reject(new Error("away")) };
    let away = true;
    const flaky = {
      ...db,
      get pool() {
        return away ? (pool as unknown as Database["pool"]) : db.pool;
      },
    };
    const cache = createCredentialCache(flaky, vault, { max: 10 });
    await expect(cache("ws_a", "grt_back", version)).rejects.toThrow("away");
    away = false;
    expect(await cache("ws_a", "grt_back", version)).toEqual({ accessToken: "back" });
  });

  /** Stores a token and returns the version under which it is found. */
  async function put(id: string, accessToken: string): Promise<string> {
    const grant = {
      id,
      workspaceId: "ws_a",
      expiresAt: null,
      ...vault.seal(`grants/${id}`, { accessToken }),
    };
    await putGrant(db, grant);
    return (await db.pool.query("select version from grants where id = $1", [id])).rows[0].version;
  }

  /** The real database, counting. */
  function counting(): Database {
    const query = (...args: Parameters<Database["pool"]["query"]>) => {
      queries += 1;
      return db.pool.query(...args);
    };
    return { ...db, pool: { query } as unknown as Database["pool"] };
  }
});
