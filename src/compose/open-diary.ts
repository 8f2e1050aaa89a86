import type { Settings } from "../../config/env.ts";
import type { Connection } from "../db/database.ts";
import { lockDataDir } from "../db/embedded/data-dir-lock.ts";
import { startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";

/** The PostgreSQL this process works on. */
export interface Diary {
  readonly connection: Connection;
  close(): Promise<void>;
}

/** The operator's PostgreSQL, or our own in the data folder, which one server at a time may use. */
export async function openDiary(settings: Settings): Promise<Diary> {
  if (settings.databaseUrl)
    return { connection: settings.databaseUrl.reveal(), close: async () => undefined };
  const { dataDir } = settings;
  const lock = await lockDataDir(dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir, log: say, onExit: endWithIt });
  return {
    connection: postgres.connection,
    async close() {
      await postgres.stop();
      await lock.release();
    },
  };
}

function endWithIt(): void {
  say("PostgreSQL ended. Start Clarion again: nothing is lost.");
  process.exit(1);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
