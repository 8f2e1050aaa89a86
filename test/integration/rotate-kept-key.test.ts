import { readdir, readFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { keptKeys } from "../../config/secret-key.ts";
import { renewLogin } from "../../src/accounts/oauth/renew-login.ts";
import { createVaultOn } from "../../src/accounts/vault.ts";
import { retire } from "../../src/compose/retire-earlier-key.ts";
import { rotateKeptKey } from "../../src/compose/rotate-kept-key.ts";
import { findForeignSealed, sealedPlaces } from "../../src/db/sealed-rows.ts";
import { openPrepared, sealPrepared } from "../../src/publishing/sealed-prepared.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";
import { seedDelivery } from "../support/seed.ts";

const hourMs = 3_600_000;

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi({ SECRET_KEY: "", DATABASE_URL: "" });
});
afterAll(() => api.close());

interface Login {
  readonly workspaceId: string;
  readonly grantId: string;
  readonly version: string;
}
let login: Login;
let deliveryId: string;
beforeEach(async () => {
  const browser = openBrowser();
  const { id, authorizeUrl } = await connect(api, { platform: "x" });
  await browser.go(await allow(browser, authorizeUrl, "water_now"));
  const { accountIds } = (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
  const [accountId = ""] = accountIds as string[];
  const { rows } = await sql(
    "select g.id, g.version from grants g join accounts a on a.grant_id = g.id where a.id = $1",
    [accountId],
  );
  login = { workspaceId: api.workspaceId, grantId: rows[0].id, version: rows[0].version };
  await connect(api, { platform: "x" }); // waits, its verifier sealed
  await api.call("PUT", "/v1/apps/x", { clientId: "own", clientSecret: "own-secret" });
  deliveryId = await seedDelivery(api.world.db, { ...login, accountId, platform: "x" }, { dueInMs: hourMs });
  const prepared = {
    values: { id: "1" },
    secrets: { session: "https://upload.example/42" },
    expiresAt: "2030-01-01T00:00:00Z",
  };
  await sql("update deliveries set prepared = $2 where id = $1", [
    deliveryId,
    sealPrepared(api.world, deliveryId, prepared),
  ]);
});

const sql = (text: string, values: unknown[] = []) => api.world.db.pool.query(text, values);
const file = (name: string) => readFile(join(api.dataDir, name), "utf8").catch(() => null);
const keyFiles = async () =>
  (await readdir(api.dataDir)).filter((name) => name.startsWith("secret-key")).sort();

/** With what lies on the disk now alone, as after a restart. */
async function everythingOpens(): Promise<void> {
  const vault = createVaultOn(keptKeys(api.dataDir));
  for (const place of sealedPlaces) {
    const rows = await findForeignSealed(api.world.db, place, "none", "", 1000);
    expect([place, rows.length > 0]).toEqual([place, true]);
    for (const row of rows) expect(Object.keys(vault.open(`${place}/${row.id}`, row))).not.toEqual([]);
  }
}

async function foreign(): Promise<number> {
  const { keyId } = createVaultOn(keptKeys(api.dataDir));
  const found = await Promise.all(
    sealedPlaces.map((place) => findForeignSealed(api.world.db, place, keyId, "", 1000)),
  );
  return found.flat().length;
}

describe("the key in the data folder is replaced while the server runs", () => {
  it("and everything lies under the new one, which the server has found by itself", async () => {
    const before = await file("secret-key");
    const mediaUrl = api.world.media.urls.path("med_1");
    const { unreadable } = await rotateKeptKey(api.world.db, api.dataDir);
    expect([unreadable, await foreign()]).toEqual([0, 0]);
    expect(await file("secret-key")).not.toBe(before);
    expect(await keyFiles()).toEqual(["secret-key", "secret-key.earlier"]);
    expect((await stat(join(api.dataDir, "secret-key"))).mode & 0o777).toBe(0o600);
    expect((await renewLogin(api.world, login)).state).toBe("renewed");
    expect(await foreign()).toBe(0);
    const { rows } = await sql("select prepared from deliveries where id = $1", [deliveryId]);
    expect(openPrepared(api.world, deliveryId, rows[0].prepared)?.secrets).toEqual({
      session: "https://upload.example/42",
    });
    const url = new URL(mediaUrl, api.url);
    const [exp = "", sig = ""] = [url.searchParams.get("exp") ?? "", url.searchParams.get("sig") ?? ""];
    expect(api.world.media.urls.isValid("med_1", exp, sig)).toBe(true);
    await everythingOpens();
  });

  it("and what is sealed meanwhile lies under the new key from its first moment", async () => {
    await rotateKeptKey(api.world.db, api.dataDir, [], (at) => {
      if (at !== "made") return;
      expect(api.world.vault.keyId).toBe(createVaultOn(keptKeys(api.dataDir)).keyId);
    });
  });

  it.each(["made", "wrapped", "adopted"] as const)(
    "killed when it had %s it: nothing is lost, and it ends when run again",
    async (at) => {
      const kill = (seen: string) => {
        if (seen === at) throw new Error("killed");
      };
      await expect(rotateKeptKey(api.world.db, api.dataDir, [], kill)).rejects.toThrow("killed");
      await everythingOpens();
      const { version, ...seen } = login;
      const renewed = await renewLogin(api.world, { ...seen, version });
      expect(renewed.state).toBe("renewed");
      await rotateKeptKey(api.world.db, api.dataDir);
      expect([await foreign(), await keyFiles()]).toEqual([0, ["secret-key", "secret-key.earlier"]]);
      await everythingOpens();
    },
  );

  it("killed while half of the rows are wrapped, or between two names: the same", async () => {
    const db = { ...api.world.db, pool: failing(api.world.db.pool, 3) };
    await expect(rotateKeptKey(db, api.dataDir)).rejects.toThrow("killed");
    expect(await foreign()).toBeGreaterThan(0);
    await everythingOpens();
    await rotateKeptKey(api.world.db, api.dataDir);
    expect(await foreign()).toBe(0);
    await everythingOpens();
  });

  it("and logins are renewed all the while", async () => {
    let version = login.version;
    let over = false;
    const rotating = (async () => {
      for (let round = 0; round < 5; round += 1) await rotateKeptKey(api.world.db, api.dataDir);
      over = true;
    })();
    let renewals = 0;
    while (!over) {
      const renewed = await renewLogin(api.world, { ...login, version });
      expect(renewed.state).toBe("renewed");
      if (renewed.state === "renewed") version = renewed.version;
      const credentials = await api.world.credentialsOf(login.workspaceId, login.grantId, version);
      expect(credentials.accessToken).toEqual(expect.any(String));
      renewals += 1;
    }
    await rotating;
    expect(renewals).toBeGreaterThan(1);
    await rotateKeptKey(api.world.db, api.dataDir);
    expect(await foreign()).toBe(0);
    await everythingOpens();
  });
});

describe("the earlier key", () => {
  it("goes when nobody needs it: not before its addresses are over, nor while a row lies under it", async () => {
    await rotateKeptKey(api.world.db, api.dataDir);
    expect(await retire(api.world, api.dataDir)).toBe(false);
    const late = Date.now() + 9 * hourMs;
    const old = createVaultOn(() => keptKeys(api.dataDir)().slice(1));
    const secrets = { accessToken: "written late" };
    const { keyId, wrappedKey, sealed } = old.seal(`grants/${login.grantId}`, secrets);
    await sql("update grants set key_id = $2, wrapped_key = $3, sealed = $4 where id = $1", [
      login.grantId,
      keyId,
      wrappedKey,
      sealed,
    ]);
    expect(await retire(api.world, api.dataDir, late)).toBe(false); // it was wrapped now, and is looked at once more
    expect(await keyFiles()).toEqual(["secret-key", "secret-key.earlier"]);
    expect(await retire(api.world, api.dataDir, late)).toBe(true);
    expect(await keyFiles()).toEqual(["secret-key"]);
    await everythingOpens();
  });

  it("stays while another rotation is on its way", async () => {
    await rotateKeptKey(api.world.db, api.dataDir);
    await expect(rotateKeptKey(api.world.db, api.dataDir, [], stopAt("made"))).rejects.toThrow();
    expect(await retire(api.world, api.dataDir, Date.now() + 9 * hourMs)).toBe(false);
    await rotateKeptKey(api.world.db, api.dataDir);
    await everythingOpens();
  });
});

describe("a key file", () => {
  it("that is damaged while we run is passed over: the keys we have stay", async () => {
    const read = keptKeys(api.dataDir);
    const keys = read();
    expect(read()).toBe(keys); // nothing changed, and nothing is read again
    await utimes(join(api.dataDir, "secret-key"), new Date(), new Date(0));
    expect(read()).toEqual(keys);
  });
});

const stopAt = (wanted: string) => (at: string) => {
  if (at === wanted) throw new Error("killed");
};

/** A pool whose process dies at its n-th change. */
function failing(pool: ComposedApi["world"]["db"]["pool"], changes: number): typeof pool {
  let left = changes;
  return new Proxy(pool, {
    get(target, name) {
      if (name !== "query") return Reflect.get(target, name);
      return (text: string, values: unknown[]) => {
        if (text.startsWith("update") && --left < 0) throw new Error("killed");
        return target.query(text, values);
      };
    },
  });
}
