import { lockDataDir } from "../../src/db/embedded/data-dir-lock.ts";
import { startEmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import { StartupError } from "../../src/db/embedded/startup-error.ts";

// A process of its own for tests that kill one: locks the data folder, starts PostgreSQL, tells in one line of JSON
// how that went, and stops when its standard input ends.
const [dataDir = ""] = process.argv.slice(2);
try {
  const lock = await lockDataDir(dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  tell({ connection: postgres.connection, adopted: postgres.adopted });
  process.stdin.resume().once("end", () => void postgres.stop().then(lock.release));
} catch (error) {
  if (!(error instanceof StartupError)) throw error;
  tell({ code: error.code, message: error.message });
}

function tell(report: object): void {
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
