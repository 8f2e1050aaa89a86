import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { callFor } from "../../src/accounts/call.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { type Forwarder, startForwarder } from "../support/forwarder.ts";

// Long enough to be found in any spelling, and of letters that no encoding changes.
const canary = "CANARYtokenCANARYtokenCANARYtoken42";
const secondCanary = "SECONDcanarySECONDcanarySECOND43";

let api: ComposedApi;
let x: Forwarder;
beforeAll(async () => {
  x = await startForwarder();
  api = await startComposedApi({ X_API_URL: x.origin });
});
afterAll(async () => {
  await api.close();
  x.close();
});

it("no credential is in any answer, log line, error, row or file, whatever the platform does with it", async () => {
  const answers: string[] = [];
  const call = async (...args: Parameters<ComposedApi["call"]>) => {
    const answer = await api.call(...args);
    answers.push(answer.text, JSON.stringify([...answer.headers]));
    return answer;
  };
  const own = (accessToken: string, more: object = {}) => ({
    platform: "x",
    mode: "live",
    credentials: { accessToken },
    ...more,
  });

  x.answer = (_, response) => response.end('{"data":{"id":"77","username":"canary","name":"Canary"}}');
  const linked = await call("POST", "/v1/accounts", own(canary), { "idempotency-key": "canary-1" });
  expect(linked.status).toBe(201);
  await call("POST", "/v1/accounts", own(canary), { "idempotency-key": "canary-1" });
  await call("POST", "/v1/accounts", own(secondCanary), { "idempotency-key": "canary-1" });
  await call("POST", "/v1/accounts", own(secondCanary));
  await call("POST", "/v1/accounts", own(canary, { name: canary }));
  await call("POST", "/v1/accounts", { ...own(canary), mode: canary });
  await call("POST", "/v1/accounts", {
    ...own(canary),
    credentials: { accessToken: canary, other: secondCanary },
  });
  await call("POST", "/v1/accounts", {
    ...own(canary),
    credentials: { accessToken: canary, expiresAt: canary },
  });
  await call("POST", "/v1/accounts", `{"credentials": "${canary}`, { "content-type": "application/json" });
  await call("POST", "/v1/accounts", {
    platform: "mastodon",
    mode: "live",
    credentials: { accessToken: canary },
    baseUrl: "https://127.0.0.1",
  });
  for (const status of [200, 400, 401, 403, 429, 500]) {
    // A platform, or a proxy before it, that says the token back in every place it can.
    x.answer = (request, response) => {
      const said = request.headers.authorization ?? "";
      response.writeHead(status, { "x-echo": said, "content-type": "application/json" });
      response.end(JSON.stringify({ title: said, detail: said, errors: [{ message: said }], reason: said }));
    };
    const refused = await call("POST", "/v1/accounts", own(canary));
    expect(refused.status).toBeGreaterThanOrEqual(400);
  }
  x.answer = (_, response) => response.destroy();
  await call("POST", "/v1/accounts", own(canary));
  const path = `/v1/accounts/${linked.json.id}`;
  await call("GET", path);
  await call("GET", "/v1/accounts");
  await call("PATCH", path, { name: "x" });
  await call("GET", "/v1/platforms");

  expect(await storedToken(linked.json.id)).toBe(secondCanary); // they are there, and can be used
  expect(found(await dump())).toEqual([]);
  await call("DELETE", path);

  expect(found(answers.join("\n"))).toEqual([]);
  expect(found(api.logLines.join(""))).toEqual([]);
  expect(found(await dump())).toEqual([]);
  expect(found(await filesOf(api.dataDir))).toEqual([]);
});

it("what this test looks for would be found", async () => {
  const { rows } = await api.world.db.pool.query(
    "select jsonb_build_object('bytes', convert_to($1::text, 'UTF8'))::text as row",
    [canary],
  );
  expect(found(rows[0].row)).toEqual(["hex"]);
  expect(found(Buffer.from(`Bearer ${canary}`).toString("base64"))).toEqual(["base64"]);
});

/** In which spellings a canary stands in a text. */
function found(text: string): string[] {
  const spellings = (token: string): [string, string][] => [
    ["plain", token],
    ["hex", Buffer.from(token).toString("hex")],
    // Without its ends, which depend on what stands around it: at each of three offsets.
    ...[0, 1, 2].map((offset): [string, string] => [
      "base64",
      Buffer.from(token.slice(offset, offset + 24)).toString("base64"),
    ]),
    ["backwards", [...token].reverse().join("")],
  ];
  const all = [...spellings(canary), ...spellings(secondCanary)];
  return [...new Set(all.filter(([, spelling]) => text.includes(spelling)).map(([name]) => name))];
}

/** Every row of every table, as text; bytes in hex, as pg_dump writes them. */
async function dump(): Promise<string> {
  const { pool } = api.world.db;
  const tables = await pool.query(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  expect(tables.rows.length).toBeGreaterThan(8);
  const rows = tables.rows.map(({ name }) => pool.query(`select to_jsonb(t)::text as row from ${name} t`));
  return (await Promise.all(rows)).flatMap((result) => result.rows.map(({ row }) => row)).join("\n");
}

async function filesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, "latin1")))).join("\n");
}

async function storedToken(accountId: string): Promise<unknown> {
  const { rows } = await api.world.db.pool.query(
    `select a.workspace_id as "workspaceId", a.platform, a.mode, a.base_url as "baseUrl", a.external_id as "externalId",
       a.handle, g.id as "grantId", g.version as "grantVersion"
     from accounts a join grants g on g.id = a.grant_id where a.id = $1`,
    [accountId],
  );
  const call = await callFor(api.world, rows[0], AbortSignal.timeout(5000));
  return (call.credentials as { accessToken?: string }).accessToken;
}
