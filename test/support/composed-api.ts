import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { hostsOf, operatorOrigins } from "../../config/platforms.ts";
import { firstStart } from "../../src/accounts/first-start.ts";
import { createVault } from "../../src/accounts/vault.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { openDatabase } from "../../src/db/database.ts";
import { createServer } from "../../src/http/server.ts";
import { createMediaUrls } from "../../src/media/signed-url.ts";
import { openMediaStore } from "../../src/media/store.ts";
import { createGuardedFetch } from "../../src/outbound/guarded-fetch.ts";
import { practicePlatforms } from "../../src/practice/registry.ts";
import { startPracticeNetwork } from "../../src/practice/server.ts";
import type { World } from "../../src/publishing/world.ts";
import { createTestDatabase } from "./database.ts";
import { tempFolder } from "./temp-folder.ts";

export type ComposedApi = Awaited<ReturnType<typeof startComposedApi>>;

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: any; // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of all kinds
}

/** The API on a fresh database, with the practice network beside it: composed as the product composes it. */
export async function startComposedApi(
  options: { allowedPrivateHosts?: string[]; baseUrls?: Parameters<typeof hostsOf>[0]["baseUrls"] } = {},
) {
  const [database, folder] = [await createTestDatabase(), await tempFolder()];
  const db = openDatabase(database.connection, 10, () => undefined);
  const server = createHttpServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const practice = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: practicePlatforms,
  });
  const settings = { practiceUrl: practice.url, baseUrls: options.baseUrls ?? {} };
  const guard = {
    allowedOrigins: operatorOrigins(settings),
    allowedPrivateHosts: options.allowedPrivateHosts ?? [],
  };
  const [outbound, downloads] = [
    createGuardedFetch(guard),
    createGuardedFetch({ ...guard, maxAnswerBytes: 2 ** 30 }),
  ];
  const secretKey = randomBytes(32);
  const logLines: string[] = [];
  const world: World = {
    db,
    adapters,
    vault: createVault(secretKey),
    media: await openMediaStore(folder.path, {
      urls: createMediaUrls(secretKey, { publicUrl: "https://clarion.example", localUrl: url }),
      download: downloads.fetch,
    }),
    fetch: outbound.fetch,
    hostsOf: hostsOf(settings, adapters),
    log: pino({ level: "trace" }, { write: (line: string) => void logLines.push(line) }),
  };
  const founded = await firstStart(world, { apiKey: null, demo: false, practice, dataDir: folder.path });
  const key = (founded.founded && founded.madeKey) || "";
  const closing = new AbortController();
  server.on(
    "request",
    createServer(world, {
      version: "test",
      requestsPerMinute: 100_000,
      metricsToken: null,
      queueHealthy: async () => true,
      queueDepth: async () => ({}),
      practice: { ...practice, ledger: () => practice.ledger() },
      closing: closing.signal,
    }),
  );

  return {
    url,
    key,
    db,
    database,
    world,
    practice,
    logLines,
    dataDir: folder.path,
    workspaceId: (await db.pool.query("select id from workspaces")).rows[0].id as string,
    call,
    async close() {
      closing.abort();
      server.close();
      server.closeAllConnections();
      await Promise.all([practice.close(), outbound.close(), downloads.close()]);
      await db.close();
      await Promise.all([database.drop(), folder.remove()]);
    },
  };

  /** A body that is no form, text or bytes is sent as JSON. */
  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> {
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
    const isJson = /json/.test(answer.headers.get("content-type") ?? "");
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      json: isJson && text ? JSON.parse(text) : undefined,
    };
  }
}
