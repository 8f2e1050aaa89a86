import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { pino } from "pino";
import { readSettings } from "../../config/env.ts";
import { startApp } from "../../src/compose/start-app.ts";
import type { Platform } from "../../src/domain/platform.ts";
import { quickTimings } from "../faults/stage.ts";
import { type Canaries, openCanaries } from "./canaries.ts";
import { createTestDatabase } from "./database.ts";
import { startRedis } from "./redis.ts";
import { tempFolder } from "./temp-folder.ts";
import { type Exchange, type Interference, openWireTap } from "./wire-tap.ts";

export type CanaryStage = Awaited<ReturnType<typeof openCanaryStage>>;

const newSecret = (name: string) => `${name}${randomBytes(24).toString("base64url").replace(/[-_]/g, "7")}`;

/** The whole product, everything it says written down, and every secret that it is given or makes known by its name. */
export async function openCanaryStage(backend: "redis" | "postgres") {
  const canaries = openCanaries();
  const tap = await openWireTap((exchange) => learn(canaries, exchange));
  const [database, folder] = [await createTestDatabase(), await tempFolder()];
  const redis = backend === "redis" ? await startRedis() : undefined;
  const [port, practicePort] = [await freePort(), await freePort()];
  tap.targetPort = practicePort;
  const secrets = {
    SECRET_KEY: randomBytes(32).toString("hex"),
    CLARION_API_KEY: newSecret("clr_"),
    METRICS_TOKEN: newSecret("metrics"),
    X_CLIENT_SECRET: newSecret("xapp"),
  };
  for (const [name, secret] of Object.entries(secrets)) canaries.add(name, secret);
  const settings = readSettings({
    ...secrets,
    ...{ DATABASE_URL: database.url, DATA_DIR: folder.path, LOG_LEVEL: "trace" },
    ...(redis && { REDIS_URL: redis.url }),
    ...{ PORT: String(port), PRACTICE_PORT: String(practicePort) },
    ...{ PRACTICE_URL: tap.url, PRACTICE_API_URL: tap.url },
    ...{ X_CLIENT_ID: "operators-app", X_API_URL: tap.url },
  });
  const logLines: string[] = [];
  const log = pino({ level: settings.logLevel }, { write: (line: string) => void logLines.push(line) });
  // What is planned ahead must still be there when it is looked for, however slow the machine.
  const timings = { ...quickTimings, lookAheadMs: 30 * 60_000 };
  const app = await startApp(settings, database.connection, log, "all", timings);
  return {
    app,
    tap,
    canaries,
    logLines,
    dataDir: folder.path,
    redisUrl: redis?.url,
    origin: settings.localUrl,
    apiKey: secrets.CLARION_API_KEY,
    metricsToken: secrets.METRICS_TOKEN,
    newSecret(name: string): string {
      const secret = newSecret(name);
      canaries.add(name, secret);
      return secret;
    },
    /** While this goes on, requests to such paths are answered so; undefined: as the platform does. */
    async interfering<T>(where: RegExp, how: Interference | undefined, work: () => Promise<T>): Promise<T> {
      tap.interfere = (path) => (where.test(path) ? how : undefined);
      return work().finally(() => {
        tap.interfere = () => undefined;
      });
    },
    learnSealed: () => learnSealed(app.world, canaries),
    accountsOn: async (platform: Platform) =>
      (
        await app.world.db.pool.query<{ id: string }>(
          "select id from accounts where platform = $1 and state <> 'disconnected' order by id",
          [platform],
        )
      ).rows.map(({ id }) => id),
    async close() {
      await app.stop();
      tap.close();
      await redis?.stop();
      await Promise.all([database.drop(), folder.remove()]);
    },
  };
}

const secretNames =
  /^(access_?token|refresh_?token|id_token|token|client_secret|code_verifier|password|accessJwt|refreshJwt|upload_?url)$/i;

/** What the line carried: in headers, queries, forms and JSON, either way. */
function learn(canaries: Canaries, exchange: Exchange): void {
  const authorization = exchange.requestHeaders.authorization ?? "";
  const [scheme = "", given = ""] = authorization.split(" ");
  if (scheme.toLowerCase() === "basic") {
    const [, password = ""] = Buffer.from(given, "base64").toString("utf8").split(/:(.*)/s);
    if (password !== practiceSecret) canaries.add("password", password);
  } else canaries.add("access token", given);
  const query = new URLSearchParams(exchange.path.split("?")[1]);
  const form = new URLSearchParams(exchange.requestBody.startsWith("{") ? "" : exchange.requestBody);
  for (const [name, value] of [...query, ...form]) keepNamed(canaries, name, value);
  canaries.add("code", form.get("code"));
  for (const text of [exchange.requestBody, exchange.answerBody]) learnJson(canaries, parsed(text));
  learnAddress(canaries, exchange.answerHeaders.location);
}

const practiceSecret = "practice-makes-perfect"; // stands in the source for everyone to read

function keepNamed(canaries: Canaries, name: string, value: unknown): void {
  if (!secretNames.test(name) || value === practiceSecret) return;
  if (/url$/i.test(name)) learnAddress(canaries, value);
  else canaries.add(name, value);
}

function learnJson(canaries: Canaries, value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    keepNamed(canaries, name, part);
    learnJson(canaries, part);
  }
}

/** Of the address of an upload under way, what makes it one that only we know. */
function learnAddress(canaries: Canaries, address: unknown): void {
  if (typeof address !== "string" || !URL.canParse(address)) return;
  const { pathname, searchParams } = new URL(address);
  canaries.add("address of an upload", /upload\w*\/([\w-]+)$/.exec(pathname)?.[1]);
  for (const [name, value] of searchParams)
    if (/upload|code|token|state/.test(name))
      canaries.add(name === "upload_id" ? "address of an upload" : name, value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const notSecret = new Set([
  "identifier",
  "username",
  "clientId",
  "pageId",
  "userId",
  "author",
  "blog",
  "did",
  "server",
  "issuer",
  "expiresAt",
]);

/** What lies in the vault just now: nobody knows better what is a secret. */
async function learnSealed(world: CanaryWorld, canaries: Canaries): Promise<void> {
  const { rows } = await world.db.pool.query<{
    place: `grants/${string}`;
    keyId: string;
    wrapped: string;
    sealed: string;
  }>(
    `select 'grants/' || id as place, key_id as "keyId", encode(wrapped_key, 'base64') as wrapped, encode(sealed, 'base64') as sealed from grants where sealed <> ''
     union all select 'connections/' || id, seal_key_id, encode(wrapped_key, 'base64'), encode(sealed, 'base64') from connections where sealed <> ''
     union all select 'apps/' || id, seal_key_id, encode(wrapped_key, 'base64'), encode(sealed, 'base64') from apps
     union all select 'prepared/' || id, prepared->'sealed'->>'keyId', prepared->'sealed'->>'wrappedKey', prepared->'sealed'->>'sealed'
       from deliveries where prepared ? 'sealed'`,
  );
  for (const { place, keyId, wrapped, sealed } of rows) {
    const bytes = {
      keyId,
      wrappedKey: Buffer.from(wrapped, "base64"),
      sealed: Buffer.from(sealed, "base64"),
    };
    const [kind] = place.split("/");
    for (const [name, value] of Object.entries(world.vault.open(place, bytes))) {
      learnAddress(canaries, value);
      learnJson(canaries, parsed(value));
      if (!notSecret.has(name) && value !== practiceSecret && !/^[[{]/.test(value))
        canaries.add(`${name} of ${kind}`, value);
    }
  }
}

type CanaryWorld = Awaited<ReturnType<typeof startApp>>["world"];

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
