import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { rotateKey } from "../../src/accounts/rotate-key.ts";
import { createVault } from "../../src/accounts/vault.ts";
import { findForeignSealed } from "../../src/db/sealed-rows.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { allow, connect, openBrowser } from "../support/login.ts";

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi({ SECRET_KEY: oldKey.toString("hex") });
});
afterAll(() => api.close());

it("every secret lies under the new key after a rotation, opens with it alone, and nothing stops meanwhile", async () => {
  const browser = openBrowser();
  const { authorizeUrl } = await connect(api, { platform: "x" });
  await browser.go(await allow(browser, authorizeUrl, "water_now"));
  await connect(api, { platform: "x" }); // still waits, its verifier sealed
  await api.call("PUT", "/v1/apps/x", { clientId: "own", clientSecret: "own-secret" });
  const { db } = api.world;
  const { rows } = await db.pool.query("select id, version from grants where workspace_id = $1", [
    api.workspaceId,
  ]);
  const before = await api.world.credentialsOf(api.workspaceId, rows[0].id, rows[0].version);

  const both = createVault(newKey, [oldKey]);
  expect(await rotateKey({ db, vault: both })).toEqual({ rotated: 3, unreadable: 0 });
  expect(await rotateKey({ db, vault: both })).toEqual({ rotated: 0, unreadable: 0 });

  const alone = createVault(newKey);
  for (const table of ["grants", "connections", "apps"] as const) {
    const sealed = await findForeignSealed(db, table, "another key", "", 100);
    expect(sealed.length).toBeGreaterThan(0);
    for (const row of sealed) expect(Object.keys(alone.open(`${table}/${row.id}`, row))).not.toEqual([]);
  }
  const [grant] = await findForeignSealed(db, "grants", "another key", "", 1);
  expect(alone.open(`grants/${grant!.id}`, grant!)).toEqual(before);
  const { rows: after } = await db.pool.query("select version from grants where id = $1", [grant!.id]);
  expect(after[0].version).toBe(rows[0].version); // nobody's opened copy became old
});
