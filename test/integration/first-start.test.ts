import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { checkSecretKey } from "../../src/accounts/check-secret-key.ts";
import { type FirstStartOptions, firstStart } from "../../src/accounts/first-start.ts";
import { createVault } from "../../src/accounts/vault.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { platforms } from "../../src/domain/platform.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { tempFolder } from "../support/temp-folder.ts";

const program = fileURLToPath(new URL("../support/first-start-process.ts", import.meta.url));
const vault = createVault(Buffer.alloc(32, 7));

describe("the first start", () => {
  let database: TestDatabase;
  let db: Database;
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  beforeEach(async () => {
    [database, folder] = [await createTestDatabase(), await tempFolder()];
    db = openDatabase(database.connection, 10, () => undefined);
  });
  afterEach(async () => {
    await db.close();
    await Promise.all([database.drop(), folder.remove()]);
  });

  it("founds a workspace, its owner's key, and a practice account per platform", async () => {
    const first = await start();
    if (!first.founded) throw new Error("not founded");
    expect(first.madeKey).toMatch(/^clr_[\w-]{43}$/);
    expect(await readFile(first.keyPath, "utf8")).toBe(`${first.madeKey}\n`);
    expect((await stat(first.keyPath)).mode & 0o777).toBe(0o600);
    expect(await everything()).toEqual({
      workspaces: 1,
      keys: [hashOf(first.madeKey)],
      accounts: [...platforms].sort(),
    });
    const { rows } = await db.pool.query("select to_jsonb(k)::text as row from api_keys k");
    expect(rows[0].row).not.toContain(first.madeKey?.slice(4, 20));
  });

  it("happens once, and says of a key whether it works here", async () => {
    const key = "clr_the-operators-own-key-1234";
    expect(await start({ apiKey: key })).toMatchObject({ founded: true, madeKey: null });
    const before = await everything();
    expect(before.keys).toEqual([hashOf(key)]);
    expect(await start({ apiKey: key })).toEqual({ founded: false, isKeyUnknown: false });
    expect(await start({ apiKey: `${key}5` })).toEqual({ founded: false, isKeyUnknown: true });
    expect(await start()).toEqual({ founded: false, isKeyUnknown: false });
    expect(await everything()).toEqual(before);
    await expect(stat(join(folder.path, "api-key"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("links nothing where the operator wants none, or no practice network runs", async () => {
    await start({ demo: false });
    expect((await everything()).accounts).toEqual([]);
  });

  it("of ten processes that come at once is made by one", async () => {
    const results = await Promise.all(Array.from({ length: 10 }, () => start()));
    const founders = results.filter((result) => result.founded);
    expect(founders).toHaveLength(1);
    const key = (await readFile(join(folder.path, "api-key"), "utf8")).trim();
    expect(await everything()).toEqual({
      workspaces: 1,
      keys: [hashOf(key)],
      accounts: [...platforms].sort(),
    });
  });

  it.each(["0", "1", "3"])(
    "killed before practice account %s leaves nothing, and is made anew",
    async (moment) => {
      expect(await killedAt(moment)).toBe("SIGKILL");
      expect(await everything()).toEqual({ workspaces: 0, keys: [], accounts: [] });
      const first = await start();
      if (!first.founded) throw new Error("not founded");
      expect(await readFile(first.keyPath, "utf8")).toBe(`${first.madeKey}\n`);
      expect(await everything()).toEqual({
        workspaces: 1,
        keys: [hashOf(first.madeKey)],
        accounts: [...platforms].sort(),
      });
    },
  );

  it("killed before it could say the key has left it in the data folder", async () => {
    expect(await killedAt("end")).toBe("SIGKILL");
    const key = (await readFile(join(folder.path, "api-key"), "utf8")).trim();
    expect((await everything()).keys).toEqual([hashOf(key)]);
    expect(await start({ apiKey: key })).toEqual({ founded: false, isKeyUnknown: false });
  });

  it("with another SECRET_KEY than the stored logins need is noticed, and the right one is not complained about", async () => {
    await start();
    await checkSecretKey(db, vault);
    const other = createVault(Buffer.alloc(32, 8));
    await expect(checkSecretKey(db, other)).rejects.toThrow(`logins of ${platforms.length} account`);
  });

  function start(options: Partial<FirstStartOptions> = {}) {
    const register = (platform: string, handle: string) => ({
      externalId: `${platform}-1`,
      handle,
      name: handle,
      credentials: { accessToken: platform },
    });
    const all = { apiKey: null, demo: true, dataDir: folder.path, practice: { register }, ...options };
    return firstStart({ db, adapters, vault }, all);
  }

  async function killedAt(moment: string): Promise<string> {
    const args = ["--import", "tsx", program, JSON.stringify(database.connection), folder.path, moment];
    const child = spawn(process.execPath, args, { stdio: "inherit" });
    const [, signal] = await once(child, "exit");
    return signal;
  }

  async function everything() {
    const { rows } = await db.pool.query(
      `select (select count(*) from workspaces) as workspaces,
         (select coalesce(json_agg(encode(hash, 'hex')), '[]') from api_keys) as keys,
         (select coalesce(json_agg(platform order by platform), '[]') from accounts where mode = 'practice') as accounts`,
    );
    return rows[0];
  }
});

function hashOf(key: string | null): string {
  return createHash("sha256")
    .update(key ?? "")
    .digest("hex");
}
