import type { Settings } from "../../config/env.ts";
import { openLog } from "./log.ts";
import { openDiary } from "./open-diary.ts";
import { type AppRole, startApp } from "./start-app.ts";
import { untilStopped } from "./until-stopped.ts";
import { welcome } from "./welcome.ts";

/** Runs the server until it is told to stop. What keeps it from starting is told in a sentence. */
export async function runServer(loadSettings: () => Settings, role: AppRole): Promise<void> {
  try {
    const settings = loadSettings();
    const log = openLog(settings.logLevel);
    const diary = await openDiary(settings);
    const app = await startApp(settings, diary.connection, log, role);
    process.stdout.write(welcome(settings, app.firstStart));
    await untilStopped(log, async () => {
      await app.stop();
      await diary.close();
    });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}
