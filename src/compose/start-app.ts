import type { Logger } from "pino";
import type { Settings } from "../../config/env.ts";
import { version } from "../../config/version.ts";
import { checkSecretKey } from "../accounts/check-secret-key.ts";
import { type FirstStart, firstStart } from "../accounts/first-start.ts";
import { adapters } from "../adapters/registry.ts";
import type { Connection } from "../db/database.ts";
import { migrate } from "../db/migrate.ts";
import { platforms } from "../domain/platform.ts";
import { practiceApp } from "../domain/practice-app.ts";
import { defaultTimings, type Timings } from "../domain/timings.ts";
import { createServer } from "../http/server.ts";
import { tendUploads } from "../media/tend-uploads.ts";
import { practicePlatforms } from "../practice/registry.ts";
import { type PracticeServer, startPracticeNetwork } from "../practice/server.ts";
import type { World } from "../publishing/world.ts";
import { startLoop } from "../queue/loop.ts";
import { type Delivery, startDelivery } from "../queue/start-delivery.ts";
import { watchQueue } from "../queue/watch-queue.ts";
import { listen, portProblem } from "./listen.ts";
import { makeWorld } from "./make-world.ts";
import { retireEarlierKey } from "./retire-earlier-key.ts";

export interface App {
  readonly firstStart: FirstStart;
  readonly practice: PracticeServer;
  readonly world: World;
  stop(): Promise<void>;
}

/** What else runs in the process: the scheduler and the workers, the scheduler alone, or neither. */
export type AppRole = "all" | "scheduler" | "api";

const requestsPerMinute = 6000;
const tendEveryMs = 15_000;

/**
 * API and practice network, and what the role adds.
 * @throws Error with a sentence for the operator: a port is taken, the key is another, Redis may evict
 */
export async function startApp(
  settings: Settings,
  connection: Connection,
  log: Logger,
  role: AppRole,
  timings: Timings = defaultTimings,
): Promise<App> {
  const { world, close } = await makeWorld(settings, adapters, connection, log);
  await migrate(world.db.pool).catch(unreachable);
  await checkSecretKey(world.db, world.vault);
  const retiring = settings.keepsSecretKey ? retireEarlierKey(world, settings.dataDir) : undefined;
  const practice = await startPractice(settings, log);
  const first = await firstStart(world, {
    apiKey: settings.apiKey?.reveal() ?? null,
    demo: settings.demo,
    practice,
    dataDir: settings.dataDir,
  });
  // The API answers before the first delivery starts: platforms that pull media fetch it from here.
  let delivery: Delivery | undefined;
  const closing = new AbortController();
  const server = createServer(world, {
    version,
    requestsPerMinute,
    metricsToken: settings.metricsToken?.reveal() ?? null,
    queueHealthy: async () => (await delivery?.queueHealthy()) ?? false,
    queueDepth: async () => (await delivery?.queueDepth()) ?? {},
    practice,
    closing: closing.signal,
  });
  const tell = (error: unknown) =>
    log.error({ problem: (error as Error).name }, "an upload could not be finished yet");
  const listening = await listen(server, settings.host, settings.port);
  const tending = startLoop(() => tendUploads(world, tell).then(() => false), tendEveryMs, tell);
  delivery = await startRole(role, { world, connection, settings, timings });
  return {
    firstStart: first,
    practice,
    world,
    async stop() {
      retiring?.stop();
      await delivery?.stop();
      await tending.stop();
      closing.abort();
      await listening.close();
      await practice.close();
      await close();
    },
  };
}

function unreachable(error: NodeJS.ErrnoException): never {
  if (error.code !== "ECONNREFUSED" && error.code !== "ENOTFOUND" && error.code !== "ETIMEDOUT") throw error;
  throw new Error(`The database cannot be reached (${error.code}). Look at DATABASE_URL.`);
}

function startPractice(settings: Settings, log: Logger): Promise<PracticeServer> {
  return startPracticeNetwork({
    host: settings.host,
    port: settings.practicePort,
    dataDir: settings.dataDir,
    platforms: practicePlatforms,
    publicUrl: settings.practiceUrl,
    apiMediaOrigin: settings.localUrl,
    app: { ...practiceApp, origin: settings.publicUrl },
    log: (message, error) => log.error({ problem: (error as Error).name }, message),
  }).catch((error: unknown) => {
    throw portProblem(error, settings.host, settings.practicePort, "PRACTICE_PORT");
  });
}

function startRole(
  role: AppRole,
  parts: { world: World; connection: Connection; settings: Settings; timings: Timings },
): Promise<Delivery> {
  const { world, connection, settings, timings } = parts;
  const options = { world, connection, redis: settings.redis?.reveal() ?? null, platforms };
  return role === "api" ? watchQueue(options) : startDelivery({ ...options, role, timings });
}
