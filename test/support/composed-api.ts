import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { readSettings } from "../../config/env.ts";
import { firstStart } from "../../src/accounts/first-start.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { makeWorld } from "../../src/compose/make-world.ts";
import { practiceApp } from "../../src/domain/practice-app.ts";
import { createServer } from "../../src/http/server.ts";
import { practicePlatforms } from "../../src/practice/registry.ts";
import { startPracticeNetwork } from "../../src/practice/server.ts";
import { createTestDatabase } from "./database.ts";
import { tempFolder } from "./temp-folder.ts";

export type ComposedApi = Awaited<ReturnType<typeof startComposedApi>>;

/** The members tests look at; which of them are there depends on the call. */
export interface AnswerBody {
  readonly id: string;
  readonly code: string;
  readonly detail: string;
  readonly url: string;
  readonly bytes: number;
  readonly state: string;
  readonly handle: string;
  readonly issues: readonly { readonly pointer: string; readonly code: string }[];
  readonly data: readonly AnswerBody[];
  readonly nextCursor: string | null;
  readonly [name: string]: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: AnswerBody;
}

/** The API on a fresh database with the practice network beside it, made of the parts the product is made of. */
export async function startComposedApi(env: Readonly<Record<string, string>> = {}, practiceNow?: () => Date) {
  const [database, folder] = [await createTestDatabase(), await tempFolder()];
  const server = createHttpServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const practice = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: practicePlatforms,
    app: { ...practiceApp, origin: env.PUBLIC_URL ?? `http://127.0.0.1:${port}` },
    apiMediaOrigin: `http://127.0.0.1:${port}`,
    ...(practiceNow && { now: practiceNow }),
  });
  const settings = readSettings({
    DATA_DIR: folder.path,
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PRACTICE_URL: practice.url,
    SECRET_KEY: randomBytes(32).toString("hex"),
    ...env,
  });
  const logLines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void logLines.push(line) });
  const { world, close } = await makeWorld(settings, adapters, database.connection, log);
  const first = await firstStart(world, { apiKey: null, demo: false, practice, dataDir: folder.path });
  const key = (first.founded && first.madeKey) || "";
  const closing = new AbortController();
  const app = createServer(world, {
    version: "test",
    requestsPerMinute: 100_000,
    metricsToken: null,
    queueHealthy: async () => true,
    queueDepth: async () => ({}),
    practice,
    closing: closing.signal,
  });
  server.on("request", app);
  const url = `http://127.0.0.1:${port}`;
  const { rows } = await world.db.pool.query<{ id: string }>("select id from workspaces");

  return {
    url,
    key,
    settings,
    database,
    world,
    practice,
    logLines,
    dataDir: folder.path,
    workspaceId: rows[0]!.id,
    call: callerOf(url, key),
    async close() {
      closing.abort();
      server.close();
      server.closeAllConnections();
      await practice.close();
      await close();
      await Promise.all([database.drop(), folder.remove()]);
    },
  };
}

/** Requests to an API with a key. A body that is no form, text or bytes is sent as JSON. */
export function callerOf(url: string, key: string) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> => {
    const isRaw = body instanceof FormData || body instanceof Uint8Array || typeof body === "string";
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined || isRaw ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: (isRaw ? body : JSON.stringify(body)) as BodyInit }),
      redirect: "manual",
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get("content-type") ?? "") && text !== "";
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      json: (isJson ? JSON.parse(text) : {}) as AnswerBody,
    };
  };
}
