import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { newId } from "../../src/domain/ids.ts";
import { createMetrics } from "../../src/http/metrics.ts";
import type { Route } from "../../src/http/route.ts";
import { routeTable } from "../../src/http/route-table.ts";
import { type Answer, useApi, type Workspace } from "../support/api.ts";

const api = useApi();

/** What the stranger may learn from a call that names none of the owner's things: nothing of them. */
type Entry =
  /** Names the owner's thing in its address: as if it were not there. */
  | {
      readonly id: "post" | "delivery" | "account" | "media" | "connection" | "upload" | "link" | "person";
      readonly body?: object;
    }
  /** Names the owner's things in its body: refused, as unknown. */
  | { readonly refused: object | (() => object) }
  /** Lists, or acts on, the stranger's own things only. */
  | { readonly own: object | true }
  /** Not a workspace's business. */
  | "no tenant";

const now = { "if-match": "*" };
const owned = {} as Record<
  "post" | "delivery" | "account" | "media" | "connection" | "upload" | "link" | "item" | "person",
  string
>;
let stranger: Workspace;

const matrix: Readonly<Record<string, Entry>> = {
  "get /healthz": "no tenant",
  "get /readyz": "no tenant",
  "get /metrics": "no tenant",
  "get /v1/platforms": { own: true },
  "get /v1/accounts": { own: true },
  "post /v1/accounts": { own: { platform: "x", mode: "practice", handle: "stranger" } },
  "post /v1/accounts/connect": "no tenant", // names an account only to connect it again: see its own test
  "get /v1/accounts/connections/:id": { id: "connection" },
  "post /v1/accounts/connections/:id": { id: "connection", body: { accounts: ["1"] } },
  "get /v1/apps": { own: true },
  "put /v1/apps/:platform": { own: { clientId: "a", clientSecret: "b" } },
  "delete /v1/apps/:platform": "no tenant", // a stranger's own, which is not there
  "get /v1/apps/:platform/webhook": "no tenant", // the installation's
  "get /v1/links": { own: true },
  "post /v1/links": { refused: () => ({ source: owned.account, targets: [owned.account] }) },
  "get /v1/links/:id": { id: "link" },
  "patch /v1/links/:id": { id: "link", body: { state: "paused" } },
  "delete /v1/links/:id": { id: "link" },
  "post /v1/links/:id/preview": { id: "link" },
  "get /v1/links/:id/items": { id: "link" },
  "post /v1/links/:id/held": { id: "link", body: { decision: "share" } },
  "post /v1/links/:id/items/:itemId/decide": { id: "link", body: { decision: "retry" } },
  "get /v1/people": { own: true },
  "post /v1/people": { own: { name: "Stranger", handles: {} } },
  "put /v1/people/:id": { id: "person", body: { name: "Mine now", handles: {} } },
  "delete /v1/people/:id": { id: "person" },
  "get /oauth/:platform/start": "no tenant", // bound to a browser: see the login tests
  "get /oauth/:platform/callback": "no tenant",
  "get /oauth/:platform/client/:name": "no tenant",
  "get /oauth/:platform/ended": "no tenant",
  "get /oauth/choose": "no tenant",
  "post /oauth/choose": "no tenant",
  "get /oauth/style.css": "no tenant",
  "get /hooks/websub/:key": "no tenant", // opened by keys and signatures: see the push tests
  "post /hooks/websub/:key": "no tenant",
  "get /hooks/:platform": "no tenant",
  "post /hooks/:platform": "no tenant",
  "get /v1/accounts/:id": { id: "account" },
  "get /v1/accounts/:id/choices/:option": { id: "account" },
  "patch /v1/accounts/:id": { id: "account", body: { name: "Mine now" } },
  "delete /v1/accounts/:id": { id: "account" },
  "post /v1/media": "no tenant", // takes bytes, names nothing
  "post /v1/media/uploads": "no tenant", // as is this
  "get /v1/media/uploads/:id": { id: "upload" },
  "patch /v1/media/uploads/:id": { id: "upload" },
  "delete /v1/media/uploads/:id": { id: "upload" },
  "get /v1/media": { own: true },
  "get /v1/media/:id": { id: "media" },
  "patch /v1/media/:id": { id: "media", body: { altText: "Mine now" } },
  "delete /v1/media/:id": { id: "media" },
  "get /media/:id": "no tenant", // opened by its signature: see media tests
  "post /v1/posts": { refused: () => ({ text: "a", accounts: [owned.account] }) },
  "post /v1/posts/validate": { refused: () => ({ text: "a", media: [{ id: owned.media }] }) },
  "post /v1/posts/bulk": { own: [] },
  "get /v1/posts": { own: true },
  "get /v1/posts/:id": { id: "post" },
  "patch /v1/posts/:id": { id: "post", body: { text: "Mine now" } },
  "delete /v1/posts/:id": { id: "post" },
  "post /v1/posts/:id/cancel": { id: "post" },
  "post /v1/posts/:id/publish": { id: "post" },
  "post /v1/posts/:id/duplicate": { id: "post" },
  "get /v1/deliveries": { own: true },
  "get /v1/deliveries/:id": { id: "delivery" },
  "post /v1/deliveries/:id/retry": { id: "delivery" },
  "post /v1/deliveries/:id/resolve": { id: "delivery", body: { outcome: "drop" } },
  "get /v1/pause": { own: true },
  "post /v1/pause": { refused: () => ({ reason: "Mine now", accountId: owned.account }) },
  "post /v1/resume": { refused: () => ({ accountId: owned.account }) },
  "get /v1/events": "no tenant", // followed in its own test
  "get /practice/ledger": "no tenant",
  "put /practice/faults/:platform": "no tenant",
  "get /": "no tenant",
  "get /openapi.json": "no tenant",
  "get /docs": "no tenant",
  "get /docs/start.js": "no tenant",
  "get /docs/errors": "no tenant",
  "get /docs/errors.css": "no tenant",
  "get /docs/swagger-ui.css": "no tenant",
  "get /docs/swagger-ui-bundle.js": "no tenant",
};

beforeAll(async () => {
  stranger = await api.addWorkspace();
  owned.account = await api.addAccount("x", { handle: "owners-secret-handle" });
  owned.media = await api.addMedia({ altText: "owners-secret-picture" });
  const { body } = await api.call<{ id: string; deliveries: { id: string }[] }>("POST", "/v1/posts", {
    body: {
      text: "owners-secret-text",
      accounts: [owned.account],
      media: [{ id: owned.media }],
      dueAt: "now",
    },
  });
  owned.upload = newId("upl");
  await api.sql(
    `insert into uploads (id, workspace_id, bytes, alt_text, media_id, expires_at)
     values ($1, $2, 9, 'owners-secret', $3, now() + interval '1 hour')`,
    [owned.upload, api.workspace.id, newId("med")],
  );
  await writeFile(join(api.world.media.uploadsFolder, owned.upload), "");
  owned.connection = newId("con");
  await api.sql(
    `insert into connections (id, workspace_id, key_id, platform, mode, step, ticket_hash, state_hash, seal_key_id, wrapped_key,
       sealed, identities, expires_at)
     values ($1, $2, 'key_1', 'x', 'live', 'choosing', 'a', 'b', '', '', '', '[{"handle":"owners-secret"}]', now() + interval '1 hour')`,
    [owned.connection, api.workspace.id],
  );
  const other = await api.addAccount("mastodon");
  const { body: link } = await api.call<{ id: string }>("POST", "/v1/links", {
    body: { source: owned.account, targets: [other], filter: { include: "#owners_secret" } },
  });
  owned.link = link.id;
  owned.item = newId("itm");
  await api.sql(
    `insert into source_items (source_id, external_id, workspace_id, id, url, content, content_hash, created_at, state)
     select id, '1', $1, $2, 'https://owners-secret.example', '{"text":"owners-secret","media":[],"title":null}', '', now(), 'failed'
     from sources where workspace_id = $1`,
    [api.workspace.id, owned.item],
  );
  const handles = { x: "owners-secret-friend" };
  const { body: person } = await api.call<{ id: string }>("POST", "/v1/people", {
    body: { name: "Ana", handles },
  });
  owned.person = person.id;
  owned.post = body.id;
  owned.delivery = body.deliveries[0]?.id ?? "";
});

function routes(): readonly Route[] {
  const options = { version: "0", queueDepth: async () => ({}) } as Parameters<typeof routeTable>[0];
  return routeTable(options, createMetrics(api.world, options));
}
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const everything = async () =>
  JSON.stringify(
    await Promise.all(
      [
        "posts",
        "variants",
        "deliveries",
        "accounts",
        "media",
        "workspaces",
        "grants",
        "connections",
        "uploads",
        "links",
        "sources",
        "source_items",
        "people",
        "apps",
      ].map((table) =>
        api.sql(
          `select * from ${table} where ${table === "workspaces" ? "id" : "workspace_id"} = $1 order by id`,
          [api.workspace.id],
        ),
      ),
    ),
  );

describe("a stranger's key", () => {
  it("was tried on every route there is", () => {
    expect(Object.keys(matrix).sort()).toEqual(routes().map(nameOf).sort());
  });

  it.each(Object.entries(matrix).filter(([, entry]) => entry !== "no tenant"))(
    "%s: finds, changes and learns nothing of the owner's",
    async (name, entry) => {
      if (entry === "no tenant") return;
      const before = await everything();
      const answer = await ask(name, entry);
      const wanted = "id" in entry ? [404] : "refused" in entry ? [422] : [200, 201, 422];
      expect([name, wanted.includes(answer.status), answer.status]).toEqual([name, true, answer.status]);
      expect(JSON.stringify(answer.body)).not.toMatch(/owners-secret/);
      for (const id of Object.values(owned)) expect(JSON.stringify(answer.body)).not.toContain(id);
      expect(await everything()).toBe(before);
    },
  );

  it("nor by the id of what the owner's source showed, which its owner can use", async () => {
    const path = `/v1/links/${owned.link}/items/${owned.item}/decide`;
    expect((await api.call("POST", path, { body: { decision: "leave" } })).status).toBe(409);
    expect((await api.call("POST", path, { key: stranger.key, body: { decision: "leave" } })).status).toBe(
      404,
    );
  });

  it("nor by an owner's id in a filter", async () => {
    for (const path of [`/v1/posts?accountId=${owned.account}`, `/v1/deliveries?accountId=${owned.account}`])
      expect((await api.call("GET", path, { key: stranger.key })).body).toMatchObject({ data: [] });
  });
});

function ask(name: string, entry: Exclude<Entry, string>): Promise<Answer> {
  const [method = "", path = ""] = name.split(" ");
  const given = "refused" in entry ? entry.refused : "own" in entry ? entry.own : entry.body;
  const body = typeof given === "function" ? given() : given === true ? undefined : given;
  const address = ("id" in entry ? path.replace(":id", owned[entry.id]) : path)
    .replace(":itemId", owned.item)
    .replace(":platform", "x")
    .replace(":option", "board");
  return api.call(method.toUpperCase(), address, { key: stranger.key, headers: now, body });
}
