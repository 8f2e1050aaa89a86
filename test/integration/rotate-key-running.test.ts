import { once } from "node:events";
import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { keptKeys } from "../../config/secret-key.ts";
import { createVaultOn } from "../../src/accounts/vault.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { joinEmbeddedPostgres } from "../../src/db/embedded/join-embedded-postgres.ts";
import { findForeignSealed, sealedPlaces } from "../../src/db/sealed-rows.ts";
import { newId } from "../../src/domain/ids.ts";
import { dumpFiles } from "../support/all-that-is-kept.ts";
import { openCanaries } from "../support/canaries.ts";
import { type RunningServer, runProgram, startServer } from "../support/running-server.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { until } from "../support/until.ts";

const apiKey = "clr_rotate_while_it_runs_0123456789";
const grants = 3000;

let folder: Awaited<ReturnType<typeof tempFolder>>;
let server: RunningServer;
let db: Database;
beforeAll(async () => {
  folder = await tempFolder();
  server = await startServer(folder.path, apiKey);
  db = await connect();
}, 150_000);
afterAll(async () => {
  await db?.close();
  await server?.stop();
  await folder?.remove();
});

it("posts go out and logins begin while the key is rotated, killed, and rotated twice at once; none fails", async () => {
  await addGrants();
  const firstKey = await readFile(join(folder.path, "secret-key"), "utf8");
  const busy = new AbortController();
  const posting = postAllTheWhile(busy.signal);

  for (const afterMs of [0, 20, 60, 150, 400]) await rotateAndKill(afterMs);
  const both = await Promise.all([rotate(), rotate()]);
  expect([both.filter(({ code }) => code === 0).length > 0, both]).toEqual([true, both]);
  for (const { code, said } of both) expect(code === 0 || said.includes("being rotated already")).toBe(true);

  busy.abort();
  const posts = await posting;
  expect(posts.length).toBeGreaterThan(20);
  await until(
    "every post is out",
    async () => (await statesOf(posts)).every((state) => state === "published"),
    60_000,
  );
  const { rows } = await db.pool.query(
    "select distinct reason_code from delivery_events where reason_code is not null",
  );
  expect(rows).toEqual([]); // nothing had to be tried twice

  expect(await readFile(join(folder.path, "secret-key"), "utf8")).not.toBe(firstKey);
  await underNewKeyAlone();
}, 400_000);

it("and after a restart everything opens, with no secret in the clear in any file, the database's own included", async () => {
  const canaries = openCanaries();
  for (const token of (await tokens()).slice(0, 4)) canaries.add("token", token);
  await db.close();
  await server.stop();
  const files = [
    await dumpFiles(folder.path, ["practice", "api-key"]),
    await dumpFiles(await realpath(join(folder.path, "postgres"))),
  ];
  expect(files.join().length).toBeGreaterThan(10_000_000);
  expect(canaries.foundIn(...files)).toEqual([]);
  server = await startServer(folder.path, apiKey);
  db = await connect();
  const posts = await post();
  await until(
    "they are out",
    async () => (await statesOf(posts)).every((state) => state === "published"),
    60_000,
  );
}, 300_000);

async function connect(): Promise<Database> {
  const connection = await joinEmbeddedPostgres(folder.path);
  if (!connection) throw new Error("The server's PostgreSQL does not answer");
  return openDatabase(connection, 3, () => undefined);
}

/** So many that a rotation takes a while. */
async function addGrants(): Promise<void> {
  const vault = createVaultOn(keptKeys(folder.path));
  const rows = Array.from({ length: grants }, () => {
    const id = newId("grt");
    return { id, ...vault.seal(`grants/${id}`, { accessToken: "one of many" }) };
  });
  await db.pool.query(
    `insert into grants (id, workspace_id, key_id, wrapped_key, sealed, version)
     select g.id, w.id, g.key_id, g.wrapped_key, g.sealed, '1'
     from unnest($1::text[], $2::text[], $3::bytea[], $4::bytea[]) as g(id, key_id, wrapped_key, sealed), workspaces w`,
    [
      rows.map(({ id }) => id),
      rows.map(({ keyId }) => keyId),
      rows.map((r) => r.wrappedKey),
      rows.map((r) => r.sealed),
    ],
  );
}

async function rotate(): Promise<{ code: number | null; said: string }> {
  const child = runProgram("workers/rotate-key.ts", server.env);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

/** Killed so long after it has put its first row under the new key. */
async function rotateAndKill(afterMs: number): Promise<void> {
  const before = await readFile(join(folder.path, "secret-key.next"), "utf8").catch(() => "");
  const child = runProgram("workers/rotate-key.ts", server.env);
  const ended = once(child, "exit");
  await until(
    "the new key lies there",
    async () => {
      const next = await readFile(join(folder.path, "secret-key.next"), "utf8").catch(() => "");
      return (
        (next !== "" && next !== before) || (before !== "" && (await isAtWork())) || child.exitCode !== null
      );
    },
    60_000,
  );
  await delay(afterMs);
  child.kill("SIGKILL");
  await ended;
}

async function isAtWork(): Promise<boolean> {
  const { rows } = await db.pool.query(
    "select 1 from pg_locks where locktype = 'advisory' and objid = $1",
    [0x636c7205],
  );
  return rows.length > 0;
}

async function postAllTheWhile(signal: AbortSignal): Promise<string[]> {
  const posts: string[] = [];
  while (!signal.aborted) {
    posts.push(...(await post()));
    const begun = await server.call("POST", "/v1/accounts/connect", { platform: "x", mode: "practice" });
    expect(begun.status).toBe(201);
    const opened = await fetch(String(begun.json.authorizeUrl), { redirect: "manual" });
    expect(opened.status).toBe(302); // its verifier was sealed a moment ago, under whichever key
    await delay(50);
  }
  return posts;
}

async function post(): Promise<string[]> {
  const { json } = await server.call("GET", "/v1/accounts?platform=mastodon");
  const [account] = json.data as { id: string }[];
  const { status, json: made } = await server.call("POST", "/v1/posts", {
    text: `Water ${Math.random()}`,
    accounts: [account?.id],
    dueAt: "now",
  });
  expect(status).toBe(201);
  return [String(made.id)];
}

async function statesOf(posts: readonly string[]): Promise<string[]> {
  const { rows } = await db.pool.query<{ state: string }>(
    "select state from deliveries where post_id = any($1)",
    [posts],
  );
  return rows.map(({ state }) => state);
}

async function underNewKeyAlone(): Promise<void> {
  const vault = createVaultOn(() => keptKeys(folder.path)().slice(0, 1));
  for (const place of sealedPlaces)
    expect(await findForeignSealed(db, place, vault.keyId, "", 10)).toEqual([]);
  const rows = await findForeignSealed(db, "grants", "none", "", grants * 2);
  expect(rows.length).toBeGreaterThan(grants);
  for (const row of rows) expect(Object.keys(vault.open(`grants/${row.id}`, row))).not.toEqual([]);
}

async function tokens(): Promise<string[]> {
  const vault = createVaultOn(keptKeys(folder.path));
  const rows = await findForeignSealed(db, "grants", "none", "", grants * 2);
  return rows
    .flatMap((row) => Object.values(vault.open(`grants/${row.id}`, row)))
    .filter((value) => value.length > 20);
}
