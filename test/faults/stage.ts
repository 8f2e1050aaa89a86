import { randomBytes } from "node:crypto";
import { pino } from "pino";
import sharp from "sharp";
import { readSettings } from "../../config/env.ts";
import type { Adapter } from "../../src/adapters/contract/adapter.ts";
import { adapters as registry } from "../../src/adapters/registry.ts";
import { type App, startApp } from "../../src/compose/start-app.ts";
import type { Platform } from "../../src/domain/platform.ts";
import { defaultTimings, type Timings } from "../../src/domain/timings.ts";
import type { Step } from "../../src/publishing/engine.ts";
import { tinyVideo } from "../contract/tiny-video.ts";
import { createTestDatabase } from "../support/database.ts";
import { freePort } from "../support/free-port.ts";
import { startRedis, type TestRedis } from "../support/redis.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { standBy, type Worker } from "./worker.ts";

/** The product but for its workers, which are processes of their own here, made to be killed. */
export interface Stage {
  readonly app: App;
  readonly workspaceId: string;
  call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** Uploads a file and returns its id. @param type its media type */
  upload(bytes: Uint8Array, type: string): Promise<string>;
  /** Plans one post and returns its delivery's id. */
  post(platform: Platform, text: string, dueAt?: string, media?: readonly string[]): Promise<string>;
  /** The id of one that every platform takes. */
  readonly picture: string;
  /** @param more settings of its own, as on another machine */
  worker(
    platforms: readonly Platform[],
    dieAt?: Step,
    more?: Readonly<Record<string, string>>,
  ): Promise<Worker>;
  /** Absent where the queue is on PostgreSQL. */
  readonly redis: TestRedis | undefined;
  close(): Promise<void>;
}

const adapters: Readonly<Record<Platform, Adapter<never>>> = registry;

/** Everything that takes minutes in earnest takes moments here; nothing else is different. */
export const quickTimings: Timings = {
  ...defaultTimings,
  claimLeaseMs: 1500,
  sendTimeoutMs: 1000,
  sendMarginMs: 1000,
  overdueMs: 1000,
  sweepMs: 100,
  lateSpacingMs: 100, // killing fifty takes more than a minute, and what is late is spaced
  lateBurst: 1_000_000,
  lookAfterMs: [100, 200, 300, 500, 500, 1000, 1000, 1000, 2000, 2000, 2000, 2000],
  lookLeaseMs: 2000,
  settleMs: 400,
};

export async function openStage(
  backend: "redis" | "postgres",
  options: { readonly timings?: Timings; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Stage> {
  const { timings = quickTimings } = options;
  const database = await createTestDatabase();
  const redis = backend === "redis" ? await startRedis() : undefined;
  const folder = await tempFolder();
  const apiKey = `clr_${randomBytes(32).toString("base64url")}`;
  const env = {
    DATABASE_URL: database.url,
    ...(redis && { REDIS_URL: redis.url }),
    DATA_DIR: folder.path,
    SECRET_KEY: randomBytes(32).toString("base64"),
    PORT: String(await freePort()),
    PRACTICE_PORT: String(await freePort()),
    CLARION_API_KEY: apiKey,
    LOG_LEVEL: "silent",
    ...options.env,
  };
  const settings = readSettings(env);
  const app = await startApp(settings, database.connection, pino({ level: "silent" }), "scheduler", timings);
  const call = caller(settings.localUrl, apiKey);
  const accounts = await accountsOf(call);
  const least = await uploadFiles(settings.localUrl, apiKey);
  const { rows } = await app.world.db.pool.query<{ id: string }>("select id from workspaces");

  return {
    app,
    call,
    workspaceId: rows[0]?.id ?? "",
    async post(platform, text, dueAt = "now", media) {
      const account = accounts.get(platform) ?? "";
      const files = media && { media: media.map((id) => ({ id })) };
      const body = { ...wantedBy(platform, least), ...files, text, accounts: [account], dueAt };
      const made = await call<{ deliveries: { id: string }[] }>("POST", "/v1/posts", body);
      return made.deliveries[0]!.id;
    },
    picture: least.picture,
    upload: (bytes, type) => upload(settings.localUrl, apiKey, bytes, type),
    worker(platforms, dieAt, more) {
      const { connection } = database;
      return standBy({ env: { ...env, ...more }, connection, platforms, timings, dieAt: dieAt ?? null });
    },
    redis,
    async close() {
      await app.stop();
      await redis?.stop();
      await database.drop();
      await folder.remove();
    },
  };
}

function caller(origin: string, apiKey: string): Stage["call"] {
  return async <T>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}

async function accountsOf(call: Stage["call"]): Promise<Map<Platform, string>> {
  const { data } = await call<{ data: { id: string; platform: Platform }[] }>("GET", "/v1/accounts");
  return new Map(data.map((account) => [account.platform, account.id]));
}

interface Files {
  readonly picture: string;
  readonly film: string;
}

/** The least that a platform takes: the file it needs, and its required options. */
function wantedBy(platform: Platform, { picture, film }: Files) {
  const { media, options } = adapters[platform].capabilities;
  const required = options.filter((rule) => rule.required).map(({ name }) => [name, "Clarion"] as const);
  const file = media.types.image && !media.types.image.beside ? picture : film;
  return {
    media: media.required ? [{ id: file }] : [],
    variants: { [platform]: { options: Object.fromEntries(required) } },
  };
}

async function uploadFiles(origin: string, apiKey: string): Promise<Files> {
  const background = { r: 20, g: 120, b: 160 };
  const jpeg = await sharp({ create: { width: 400, height: 400, channels: 3, background } })
    .jpeg()
    .toBuffer();
  const film = await tinyVideo("video/mp4", { width: 640, height: 368, seconds: 5 });
  return {
    picture: await upload(origin, apiKey, jpeg, "image/jpeg"),
    film: await upload(origin, apiKey, film, "video/mp4"),
  };
}

async function upload(origin: string, apiKey: string, bytes: Uint8Array, type: string): Promise<string> {
  const form = new FormData();
  form.set("altText", "A blue square");
  form.set("file", new Blob([new Uint8Array(bytes)], { type }), "file");
  const headers = { authorization: `Bearer ${apiKey}` };
  const response = await fetch(`${origin}/v1/media`, { method: "POST", headers, body: form });
  if (response.status !== 201) throw new Error(await response.text());
  return ((await response.json()) as { id: string }).id;
}
