import { randomBytes } from "node:crypto";
import { pino } from "pino";
import sharp from "sharp";
import { readSettings } from "../../config/env.ts";
import { startApp } from "../../src/compose/start-app.ts";
import type { Database } from "../../src/db/database.ts";
import { type Platform, platforms } from "../../src/domain/platform.ts";
import type { Timings } from "../../src/domain/timings.ts";
import type { PracticePost } from "../../src/practice/kit.ts";
import type { Step } from "../../src/publishing/engine.ts";
import { quickTimings } from "../faults/stage.ts";
import { standBy } from "../faults/worker.ts";
import { callerOf } from "./composed-api.ts";
import { createTestDatabase } from "./database.ts";
import { freePort } from "./free-port.ts";
import { tempFolder } from "./temp-folder.ts";
import { until } from "./until.ts";

export type MirrorStage = Awaited<ReturnType<typeof openMirrorStage>>;

/** A link's targets in these tests say where each platform cannot be without: a board, a community. */
const wantedOptions = {
  pinterest: { options: { board: "Clarion", title: "{title}" } },
  reddit: { options: { subreddit: "clarion", title: "{title}" } },
  youtube: { options: { title: "{title}" } },
  wordpress: { options: { title: "{title}" } },
};

/**
 * The whole product in one process with its practice network, on a database of its own. Sources are read ten times a
 * second; nothing else is different.
 */
export async function openMirrorStage(
  options: {
    readonly role?: "all" | "api";
    readonly timings?: Partial<Timings>;
    readonly env?: Readonly<Record<string, string>>;
    /** From which level on lines of the log are kept. */
    readonly logLevel?: string;
  } = {},
) {
  const [database, folder] = [await createTestDatabase(), await tempFolder()];
  const key = `clr_${randomBytes(32).toString("base64url")}`;
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: folder.path,
    SECRET_KEY: randomBytes(32).toString("base64"),
    PORT: String(await freePort()),
    PRACTICE_PORT: String(await freePort()),
    CLARION_API_KEY: key,
    LOG_LEVEL: "silent",
    ...options.env,
  };
  const settings = readSettings(env);
  const timings = {
    ...quickTimings,
    watchMs: 100,
    watchPracticeMs: 100,
    watchPracticeShare: 0,
    copySpacingMs: 0,
    watchRetryMs: 2000,
    ...options.timings,
  };
  const lines: string[] = [];
  const log = pino({ level: options.logLevel ?? "warn" }, { write: (line: string) => void lines.push(line) });
  const app = await startApp(settings, database.connection, log, options.role ?? "all", timings);
  const request = callerOf(settings.localUrl, key);
  const accounts = (await request("GET", "/v1/accounts")).json.data as unknown as {
    id: string;
    platform: Platform;
    handle: string;
    externalId: string;
  }[];
  const on = Object.fromEntries(
    accounts.map((account) => [account.platform, account]),
  ) as unknown as Readonly<Record<Platform, { id: string; handle: string }>>;
  const practice = settings.practiceUrl;
  const { rows } = await app.world.db.pool.query<{ id: string }>("select id from workspaces");

  const withText = (platform: Platform, word: string) =>
    app.practice
      .posts(platform)
      .filter(
        ({ replyTo, text, extra }) => replyTo === null && `${text} ${extra.title ?? ""}`.includes(word),
      );

  async function call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, json, text } = await request(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return json as T;
  }
  return {
    app,
    env,
    timings,
    database,
    request,
    call,
    on,
    practice,
    lines,
    workspaceId: rows[0]!.id,
    /** Beside a product at work: of two that wait for each other's rows, PostgreSQL lets one try again. */
    sql: async <T extends object>(text: string, values: unknown[] = []) => {
      const run = () => app.world.db.pool.query<T>(text, values);
      const { rows } = await run().catch((error: { code?: string }) => {
        if (error.code === "40P01") return run();
        throw error;
      });
      return rows;
    },
    /** What is public on a practice account, oldest first, without answers. */
    posts(platform: Platform): readonly PracticePost[] {
      return app.practice.posts(platform).filter(({ replyTo }) => replyTo === null);
    },
    /** Posts on a practice account past Clarion, as from a phone. */
    async phone(
      platform: Platform,
      text: string,
      file?: { bytes: Uint8Array; type: string; altText?: string },
    ): Promise<string> {
      const page = await (await fetch(`${practice}/${platform}`)).text();
      const identity = /<option value="([^"]+)"/.exec(page)?.[1] ?? "";
      const form = new FormData();
      form.set("identity", identity);
      form.set("text", text);
      form.set("altText", file?.altText ?? "");
      if (file) form.set("file", new Blob([new Uint8Array(file.bytes)], { type: file.type }), "file");
      return submit(`${practice}/${platform}/phone`, form, practice);
    },
    phoneAgain(platform: Platform, id: string, what: "edit" | "delete", text = ""): Promise<string> {
      const form = new FormData();
      form.set("text", text);
      return submit(`${practice}/${platform}/phone/${id}/${what}`, form, practice);
    },
    withText,
    /** How many posts each platform has with this word. */
    counts: (word: string) =>
      Object.fromEntries(platforms.map((platform) => [platform, withText(platform, word).length])),
    /** What sources showed of this, and what became of it, in the order they were seen. */
    fates: (word: string) => fatesOf(app.world.db, word),
    /** Every source was read anew, and nothing of what it showed is left to be shared or sent. */
    settled: () => untilSettled(app.world.db),
    link: (source: Platform, targets: readonly Platform[], more: object = {}) =>
      call<{ id: string; state: string }>("POST", "/v1/links", {
        source: on[source].id,
        targets: targets.map((target) => on[target].id),
        review: false,
        transform: {
          byTarget: Object.fromEntries(
            Object.entries(wantedOptions).filter(([platform]) => targets.includes(platform as Platform)),
          ),
        },
        ...more,
      }),
    /** All that works, in a process of its own. Only beside the role `api`. @param dieAt where it kills itself */
    process: (dieAt: Step | null) =>
      standBy({ env, connection: database.connection, platforms, timings, role: "all", dieAt }),
    async close() {
      await app.stop();
      await database.drop();
      await folder.remove();
    },
  };
}

/** @returns the id of the post that the answer leads to */
async function submit(url: string, form: FormData, origin: string): Promise<string> {
  const answer = await fetch(url, { method: "POST", body: form, headers: { origin }, redirect: "manual" });
  if (answer.status !== 303) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return decodeURIComponent(answer.headers.get("location")?.split("/").at(-1) ?? "");
}

let seed = 0;
/** For the phone: another picture each time. */
export async function picture(altText: string) {
  return { bytes: await photo(1000 + ++seed), type: "image/jpeg", altText };
}

/** A picture like no other of these tests. */
export async function photo(seed: number): Promise<Uint8Array> {
  const shade = (n: number) => (Math.imul(seed * 31 + n, 2654435761) >>> 24) % 256;
  const spots = Array.from({ length: 8 * 8 * 3 }, (_, n) => shade(n));
  return sharp(Buffer.from(spots), { raw: { width: 8, height: 8, channels: 3 } })
    .resize(600, 600, { kernel: "cubic" })
    .jpeg()
    .toBuffer();
}

export interface Fate {
  readonly platform: string;
  readonly state: string;
  readonly reason: string | null;
  readonly notes: readonly { readonly code: string }[];
}

async function fatesOf({ pool }: Database, word: string): Promise<Fate[]> {
  const { rows } = await pool.query<Fate>(
    `select coalesce(a.platform, 'feed') as platform, i.state, i.reason_code as reason, i.notes from source_items i
     join sources s on s.id = i.source_id left join accounts a on a.id = s.account_id
     where i.content->>'text' like $1 or i.content->>'title' like $1 order by i.seen_at`,
    [`%${word}%`],
  );
  return rows;
}

const goingOn = "'scheduled', 'claimed', 'sending', 'processing', 'retrying', 'uncertain'";

async function untilSettled({ pool }: Database): Promise<void> {
  const fences = async () => {
    const { rows } = await pool.query<{ id: string; fence: number }>("select id, fence from sources");
    return new Map(rows.map(({ id, fence }) => [id, fence]));
  };
  const before = await fences();
  await until(
    "everything settled",
    async () => {
      const isRead = [...(await fences())].every(([id, fence]) => fence > (before.get(id) ?? 0) + 2);
      const { rows } = await pool.query<{ n: number }>(
        `select (select count(*) from source_items where state = 'new' or again)
           + (select count(*) from deliveries where state in (${goingOn}) and due_at < now() + interval '1 minute') as n`,
      );
      return isRead && rows[0]?.n === 0;
    },
    60_000,
  );
}
