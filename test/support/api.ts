import { createHash, randomBytes } from "node:crypto";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll } from "@jest/globals";
import pino from "pino";
import { createVault } from "../../src/accounts/vault.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { insertApiKey } from "../../src/db/api-keys.ts";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { type DeliveryState, terminalStates } from "../../src/domain/delivery.ts";
import { newId } from "../../src/domain/ids.ts";
import type { Platform } from "../../src/domain/platform.ts";
import { createServer } from "../../src/http/server.ts";
import type { ServerOptions } from "../../src/http/server-options.ts";
import { openDiskShelf } from "../../src/media/disk-shelf.ts";
import { createMediaEditor } from "../../src/media/media-editor.ts";
import { createMediaUrls } from "../../src/media/signed-url.ts";
import { openMediaStore } from "../../src/media/store.ts";
import { createPushSecrets } from "../../src/publishing/push-secrets.ts";
import type { World } from "../../src/publishing/world.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { tempFolder } from "./temp-folder.ts";

const allScopes = ["read", "write", "publish", "admin"] as const;

export interface Workspace {
  readonly id: string;
  /** An API key with every scope. */
  readonly key: string;
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

interface CallOptions {
  readonly key?: string | null;
  readonly body?: unknown;
  /** Sent as it is, with this content type. */
  readonly raw?: { readonly type: string; readonly text: string | Uint8Array<ArrayBuffer> };
  readonly headers?: Readonly<Record<string, string>>;
}

/** The API on a port and a database of its own, for the test file that calls this. */
export function useApi(options: Partial<ServerOptions> = {}, world: Partial<World> = {}) {
  const api = {} as Api;
  beforeAll(async () => Object.assign(api, await startApi(options, world)));
  afterAll(() => api.close?.()); // it may not have started
  return api;
}

export type Api = Awaited<ReturnType<typeof startApi>>;

async function startApi(options: Partial<ServerOptions>, more: Partial<World>) {
  const database = await createTestDatabase();
  const db = openDatabase(database.connection, 20, () => undefined);
  const folder = await tempFolder();
  const lines: string[] = [];
  const world = await makeWorld(db, folder.path, lines, more);
  const closing = new AbortController();
  const app = createServer(world, { ...defaults, closing: closing.signal, ...options });
  const server = app.listen(0, "127.0.0.1");
  const sockets: Socket[] = [];
  server.on("connection", (socket) => sockets.push(socket));
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const workspace = await addWorkspace(db);
  return {
    url,
    db,
    world,
    database: database as TestDatabase,
    workspace,
    /** Every connection that was made. */
    sockets,
    /** What was logged: one JSON object per line. */
    lines,
    addWorkspace: () => addWorkspace(db),
    addKey: (workspaceId: string, scopes: readonly string[]) => addKey(db, workspaceId, scopes),
    addAccount: (platform: Platform, more: AccountFacts = {}) => addAccount(db, workspace.id, platform, more),
    addMedia: (facts: MediaFacts = {}) => addMedia(db, workspace.id, facts),
    call: <T = Record<string, unknown>>(method: string, path: string, call: CallOptions = {}) =>
      send<T>(`${url}${path}`, method, { key: workspace.key, ...call }),
    sql: async <T extends object>(text: string, values: unknown[] = []) =>
      (await db.pool.query<T>(text, values)).rows,
    /** Puts every delivery of a post where a worker would have put it. */
    setState: (postId: string, state: DeliveryState) =>
      db.pool.query(
        `update deliveries set state = $2, published_at = case when $3 then now() end,
           external_id = case when $3 then 'there-' || id end,
           next_check_at = case when $4 then null else now() + interval '1 hour' end
         where post_id = $1`,
        [postId, state, state === "published" || state === "deleted", terminalStates.includes(state)],
      ),
    async close() {
      closing.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await db.close();
      await database.drop();
      await folder.remove();
    },
  };
}

const defaults: Omit<ServerOptions, "closing"> = {
  version: "0.0.0",
  requestsPerMinute: 100_000,
  metricsToken: null,
  queueHealthy: async () => true,
  queueDepth: async () => ({ x: 0 }),
  practice: null,
};

async function makeWorld(
  db: Database,
  folder: string,
  lines: string[],
  more: Partial<World>,
): Promise<World> {
  const secretKey = randomBytes(32);
  const urls = createMediaUrls(secretKey, {
    publicUrl: "http://127.0.0.1:1",
    localUrl: "http://127.0.0.1:1",
  });
  const refuse = () => Promise.reject(new Error("This test reaches no platform"));
  return {
    db,
    adapters,
    vault: createVault(secretKey),
    publicUrl: "http://127.0.0.1:3000",
    appOf: () => undefined,
    pushSecretsOf: createPushSecrets(() => [secretKey]),
    media: await openMediaStore(join(folder, "media"), () => openDiskShelf(join(folder, "media")), {
      urls,
      download: refuse,
      editor: createMediaEditor(),
    }),
    log: pino({ level: "info" }, { write: (line: string) => void lines.push(line) }),
    fetch: refuse,
    browse: refuse,
    firstMessage: refuse,
    stream: refuse,
    hostsOf: (platform) => adapters[platform].hosts,
    credentialsOf: refuse,
    mediaOf: () => ({ open: refuse, publicUrl: () => "" }),
    ...more,
  };
}

async function send<T>(url: string, method: string, call: CallOptions): Promise<Answer<T>> {
  const body = call.raw?.text ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(call.key && { authorization: `Bearer ${call.key}` }),
      ...(body !== undefined && { "content-type": call.raw?.type ?? "application/json" }),
      ...call.headers,
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    body: (isJson ? JSON.parse(text) : text) as T,
  };
}

async function addWorkspace(db: Database): Promise<Workspace> {
  const id = newId("ws");
  await db.pool.query("insert into workspaces (id, name) values ($1, 'Test')", [id]);
  return { id, key: await addKey(db, id, allScopes) };
}

async function addKey(db: Database, workspaceId: string, scopes: readonly string[]): Promise<string> {
  const key = `clr_${randomBytes(32).toString("base64url")}`;
  const hash = createHash("sha256").update(key).digest();
  await insertApiKey(db, { id: newId("key"), workspaceId, name: "Test", hash, scopes, expiresAt: null });
  return key;
}

interface AccountFacts {
  readonly workspaceId?: string;
  readonly state?: string;
  readonly handle?: string;
}

async function addAccount(
  db: Database,
  ownWorkspaceId: string,
  platform: Platform,
  { workspaceId = ownWorkspaceId, state = "active", handle = "wateraid" }: AccountFacts,
): Promise<string> {
  const [id, grantId] = [newId("acc"), newId("grt")];
  await db.pool.query(
    `with g as (insert into grants (id, workspace_id, key_id, wrapped_key, sealed, version) values ($1, $2, 'k', '', '', '1'))
     insert into accounts (id, workspace_id, platform, mode, external_id, handle, name, grant_id, state)
     values ($3, $2, $4, 'practice', $3, $5, 'Water', $1, $6)`,
    [grantId, workspaceId, id, platform, handle, state],
  );
  return id;
}

interface MediaFacts {
  readonly workspaceId?: string;
  readonly altText?: string;
  readonly mimeType?: string;
}

async function addMedia(
  db: Database,
  ownWorkspaceId: string,
  { workspaceId = ownWorkspaceId, altText = "A well", mimeType = "image/jpeg" }: MediaFacts,
): Promise<string> {
  const id = newId("med");
  await db.pool.query(
    `insert into media (id, workspace_id, kind, mime_type, bytes, width, height, alt_text, storage_key)
     values ($1, $2, 'image', $3, 1000, 800, 600, $4, $5)`,
    [id, workspaceId, mimeType, altText, `00/${randomBytes(16).toString("hex")}`],
  );
  return id;
}
