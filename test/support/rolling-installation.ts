import { randomBytes } from "node:crypto";
import { openDatabase } from "../../src/db/database.ts";
import { practiceApp } from "../../src/domain/practice-app.ts";
import { practicePlatforms } from "../../src/practice/registry.ts";
import { startPracticeNetwork } from "../../src/practice/server.ts";
import { type ClarionProcess, runClarion, startClarion } from "./clarion-process.ts";
import { callerOf } from "./composed-api.ts";
import { createTestDatabase } from "./database.ts";
import { startForwarder } from "./forwarder.ts";
import { freePort } from "./free-port.ts";
import { tempFolder } from "./temp-folder.ts";

/** As the operator writes them into the environment; `earlier` may be empty. */
interface Keys {
  readonly key: string;
  readonly earlier: string;
}

export type RollingInstallation = Awaited<ReturnType<typeof startRollingInstallation>>;

/**
 * Clarion in server mode, in processes of its own behind one address: a server with everything in it, and a worker for
 * X beside it. The platforms are here, and stay while those are restarted.
 */
export async function startRollingInstallation(first: Keys) {
  const [database, folder, platformFolder, front] = [
    await createTestDatabase(),
    await tempFolder(),
    await tempFolder(),
    await startForwarder(),
  ];
  let aheadMs = 0;
  const practice = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: platformFolder.path,
    platforms: practicePlatforms,
    app: { ...practiceApp, origin: front.origin },
    apiMediaOrigin: front.origin,
    now: () => new Date(Date.now() + aheadMs),
  });
  const db = openDatabase(database.connection, 4, () => undefined);
  const apiKey = `clr_${randomBytes(32).toString("base64url")}`;
  const env = ({ key, earlier }: Keys) => ({
    DATABASE_URL: database.url,
    DATA_DIR: folder.path,
    SECRET_KEY: key,
    SECRET_KEY_EARLIER: earlier,
    PUBLIC_URL: front.origin,
    PRACTICE_URL: practice.url,
    CLARION_API_KEY: apiKey,
    CLARION_DEMO: "0",
    LOG_LEVEL: "info",
  });
  const startServer = async (keys: Keys) => {
    const [port, practicePort] = [await freePort(), await freePort()];
    const ports = { PORT: String(port), PRACTICE_PORT: String(practicePort) };
    const started = await startClarion("src/main.ts", { ...env(keys), ...ports });
    front.target = `http://127.0.0.1:${port}`;
    return started;
  };
  const startWorker = (keys: Keys) => startClarion("workers/x.ts", env(keys));
  let [server, worker] = await Promise.all([startServer(first), startWorker(first)]);

  return {
    db,
    practice,
    call: callerOf(front.origin, apiKey),
    /** The next one is there before the last one goes, as behind any balancer. */
    async restartServer(keys: Keys) {
      const last = server;
      server = await startServer(keys);
      await last.stop();
    },
    async restartWorker(keys: Keys) {
      await worker.stop();
      worker = await startWorker(keys);
    },
    rotateKey: (keys: Keys): ClarionProcess => runClarion("workers/rotate-key.ts", env(keys)),
    /** Moves the platforms' clock: tokens that end meanwhile are dead. */
    advance(ms: number) {
      aheadMs += ms;
    },
    async close() {
      for (const each of [server, worker]) each.kill();
      await Promise.all([server.ended, worker.ended]);
      front.close();
      await Promise.all([practice.close(), db.close()]);
      await database.drop();
      await Promise.all([folder.remove(), platformFolder.remove()]);
    },
  };
}
