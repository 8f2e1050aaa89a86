import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createVault } from "../../src/accounts/vault.ts";
import { findForeignSealed, type SealedPlaceName, sealedPlaces } from "../../src/db/sealed-rows.ts";
import { sealPrepared } from "../../src/publishing/sealed-prepared.ts";
import { allow, type BegunLogin, connect, openBrowser } from "../support/login.ts";
import { type Person, type PostStream, startPostStream } from "../support/post-stream.ts";
import { type RollingInstallation, startRollingInstallation } from "../support/rolling-installation.ts";
import { until } from "../support/until.ts";
import { audit } from "./audit.ts";

const minuteMs = 60_000;
const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const [old, fresh] = [oldKey.toString("base64"), newKey.toString("base64")];
const known = { key: old, earlier: fresh };
const swapped = { key: fresh, earlier: old };
const alone = { key: fresh, earlier: "" };
const vault = createVault(newKey);

let clarion: RollingInstallation;
let stream: PostStream;
const people: Person[] = [];
beforeAll(async () => {
  clarion = await startRollingInstallation({ key: old, earlier: "" });
  stream = startPostStream(clarion.call, people);
});
afterAll(async () => {
  await stream?.stop();
  await clarion?.close();
});

it("SECRET_KEY is changed while everything runs: every post goes out once, and no login is lost", async () => {
  await Promise.all([join("before"), join("too")]);
  const waiting = await connect(clarion, { platform: "x" });
  await clarion.call("PUT", "/v1/apps/x", { clientId: "own", clientSecret: "own-secret" });
  await keepPrepared();

  await Promise.all([clarion.restartServer(known), clarion.restartWorker(known)]);
  await clarion.restartWorker(swapped);
  clarion.advance(130 * minuteMs); // X's tokens die, and both sides renew them, each under its own key
  await everybodyPosts();
  await Promise.all([join("meanwhile"), join("then")]);
  await clarion.restartServer(swapped);
  await everybodyPosts();

  await rotateKilledAt(waiting.id);
  expect(await left()).toMatchObject({ grants: 0, apps: 2, prepared: 1 });
  const rotation = clarion.rotateKey(swapped);
  expect([await rotation.ended, rotation.output()]).toEqual([0, expect.stringMatching(/^[1-9]\d* secret/)]);
  expect(await left()).toEqual({ grants: 0, connections: 0, apps: 0, prepared: 0 });
  await everythingOpens();

  await Promise.all([clarion.restartServer(alone), clarion.restartWorker(alone)]);
  people.push({ x: await finish(waiting, "late"), mastodon: await logIn("mastodon", "late") });
  await everybodyPosts();
  await stream.stop();

  expect(stream.troubles).toEqual([]);
  const all = { published: 2 * stream.count() };
  const areThere = async () => (await states()).published === all.published;
  await until("all have come to their end", areThere, 30_000).catch(() => undefined);
  expect(await states()).toEqual(all);
  expect(await sql("select handle, state from accounts where state <> 'active'")).toEqual([]);
  expect(await audit({ app: { practice: clarion.practice, world: { db: clarion.db } } })).toEqual([]);
}, 180_000);

const sql = async (text: string, values: unknown[] = []) => (await clarion.db.pool.query(text, values)).rows;

async function join(handle: string): Promise<void> {
  people.push({ x: await logIn("x", handle), mastodon: await logIn("mastodon", handle) });
}

async function logIn(platform: string, handle: string): Promise<string> {
  return finish(await connect(clarion, { platform }), handle);
}

async function finish({ id: connectionId, authorizeUrl }: BegunLogin, handle: string): Promise<string> {
  const browser = openBrowser();
  await browser.go(await allow(browser, authorizeUrl, handle));
  const { json, text } = await clarion.call("GET", `/v1/accounts/connections/${connectionId}`);
  const [id] = (json.accountIds ?? []) as string[];
  if (!id) throw new Error(`Nobody logged in: ${text}`);
  return id;
}

/** A post for later whose upload has begun: the address of the upload is a secret. */
async function keepPrepared(): Promise<void> {
  const dueAt = new Date(Date.now() + 60 * minuteMs).toISOString();
  const { json } = await clarion.call("POST", "/v1/posts", {
    text: "Later",
    accounts: [people[0]?.x],
    dueAt,
  });
  const { id } = (json.deliveries as { id: string }[])[0]!;
  const upload = { values: {}, secrets: { session: "https://upload.example/42" }, expiresAt: dueAt };
  const prepared = sealPrepared({ vault: createVault(oldKey) }, id, upload);
  await sql("update deliveries set prepared = $2 where id = $1", [id, prepared]);
}

/** Everything sealed, under whichever key. */
const sealedIn = (place: SealedPlaceName) => findForeignSealed(clarion.db, place, "none", "", 1000);

/** How much does not lie under the new key yet. */
async function left(): Promise<Record<string, number>> {
  const counts = sealedPlaces.map(async (place) => {
    const rows = await findForeignSealed(clarion.db, place, vault.keyId, "", 1000);
    return [place, rows.length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

/** With the new key alone. */
async function everythingOpens(): Promise<void> {
  for (const place of sealedPlaces) {
    const rows = await sealedIn(place);
    expect([place, rows.length > 0]).toEqual([place, true]);
    for (const row of rows) expect(Object.keys(vault.open(`${place}/${row.id}`, row))).not.toEqual([]);
  }
}

/** The command is killed while it waits for this row: what comes before it is done, what comes after it is not. */
async function rotateKilledAt(connectionId: string): Promise<void> {
  const client = await clarion.db.pool.connect();
  await client.query("begin");
  await client.query("select from connections where id = $1 for update", [connectionId]);
  const rotation = clarion.rotateKey(swapped);
  const waits = () =>
    sql("select from pg_stat_activity where wait_event_type = 'Lock' and query ~ '^update conn'");
  await until("it waits for the row", async () => (await waits()).length > 0, 30_000);
  rotation.kill();
  expect(await rotation.ended).toBeNull();
  await client.query("rollback");
  client.release();
}

/** From here on each account has got a post once more. */
async function everybodyPosts(): Promise<void> {
  const enough = stream.count() + people.length;
  await until("everybody has posted", () => stream.count() >= enough, 30_000);
}

/** How many deliveries are where, and why; without the one for later. */
async function states(): Promise<Record<string, number>> {
  const rows = await sql(
    `select concat_ws(' ', state, reason_code) as state, count(*) as count from deliveries
     where due_at < now() + interval '1 min' group by 1`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}
