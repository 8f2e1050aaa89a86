import type { Settings } from "../../config/env.ts";
import type { RedisTarget } from "../../config/redis-url.ts";
import type { World } from "../publishing/world.ts";
import type { Delivery } from "../queue/start-delivery.ts";
import { openLog } from "./log.ts";
import { makeWorld } from "./make-world.ts";
import { untilStopped } from "./until-stopped.ts";

export type LoadSettings = () => Settings;

interface Parts {
  readonly world: World;
  readonly connection: string;
  readonly redis: RedisTarget | null;
}

/** Runs one part of the server mode until it is told to stop. A wrong environment is told in a sentence. */
export async function inServerMode(
  loadSettings: LoadSettings,
  adapters: Partial<World["adapters"]>,
  start: (parts: Parts) => Promise<Delivery>,
): Promise<void> {
  try {
    const settings = loadSettings();
    const connection = settings.databaseUrl?.reveal();
    if (connection === undefined)
      throw new Error("DATABASE_URL must be set: workers do not start a database.");
    const log = openLog(settings.logLevel);
    // A worker knows its own platform only, and is only ever asked about that one.
    const { world, close } = await makeWorld(settings, adapters as World["adapters"], connection, log);
    const delivery = await start({ world, connection, redis: settings.redis?.reveal() ?? null });
    log.info("at work");
    await untilStopped(log, async () => {
      await delivery.stop();
      await close();
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
