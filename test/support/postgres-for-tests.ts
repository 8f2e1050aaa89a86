import { chmod, mkdtemp, readdir, realpath, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockDataDir } from "../../src/db/embedded/data-dir-lock.ts";
import { startEmbeddedPostgres } from "../../src/db/embedded/start-embedded-postgres.ts";
import { endProcessesOf } from "./end-processes.ts";
import { removeDataDir } from "./temp-folder.ts";

// The one PostgreSQL of a test run, and the folder that all its tests write to. Tells the tests' environment in one
// line of JSON; when its standard input ends, so has the run, and everything of it is ended and removed.
const prefix = "clarion-tests-";
const parent = await realpath(tmpdir());
await sweepDeadRuns();

const folder = await mkdtemp(join(parent, prefix));
await chmod(folder, 0o711); // Some tests run as other users.
const lock = await lockDataDir(folder);
const postgres = await startEmbeddedPostgres({
  dataDir: folder,
  log: (line) => process.stderr.write(`${line}\n`),
  maxConnections: 400, // tests run side by side, and some start several processes
});
process.stdin.resume().once("close", () => void finish());
process.once("SIGTERM", () => process.stdin.destroy());
const env = { CLARION_TEST_FOLDER: folder, CLARION_TEST_POSTGRES: JSON.stringify(postgres.connection) };
process.stdout.write(`${JSON.stringify(env)}\n`);

async function finish(): Promise<void> {
  await postgres.stop();
  await endProcessesOf(folder);
  await lock.release();
  await removeDataDir(folder);
}

/** Runs that were killed could not tidy up. One that lives holds its lock, or is too young to have it yet. */
async function sweepDeadRuns(): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const path of names.map((name) => join(parent, name))) {
    const { uid, mtimeMs } = await stat(path);
    if (uid !== process.getuid?.() || Date.now() - mtimeMs < 60_000) continue;
    const taken = await lockDataDir(path).catch(() => undefined);
    if (!taken) continue;
    await endProcessesOf(path);
    await taken.release();
    await removeDataDir(path);
  }
}
