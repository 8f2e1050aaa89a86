import type pg from "pg";
import { firstStart } from "../../src/accounts/first-start.ts";
import { createVault } from "../../src/accounts/vault.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { openDatabase } from "../../src/db/database.ts";

// A process of its own for tests that kill one: makes a first start, and dies by its own hand (as by kill -9) at the
// wanted moment: before the n-th practice account, or at the very end, when all is done but said.
const [connection = "", dataDir = "", moment = ""] = process.argv.slice(2);
const db = openDatabase(JSON.parse(connection) as pg.ClientConfig as string, 3, () => undefined);
let registered = 0;
await firstStart(
  { db, adapters, vault: createVault(Buffer.alloc(32, 7)) },
  {
    apiKey: null,
    demo: true,
    dataDir,
    practice: {
      register(platform, handle) {
        if (String(registered) === moment) die();
        registered += 1;
        return { externalId: `${platform}-1`, handle, name: handle, credentials: { accessToken: platform } };
      },
    },
  },
);
if (moment === "end") die();
await db.close();

function die(): void {
  process.kill(process.pid, "SIGKILL");
}
