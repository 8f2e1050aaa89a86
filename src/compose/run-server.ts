import type { Settings } from "../../config/env.ts";
import { openLog } from "./log.ts";
import { type Diary, openDiary } from "./open-diary.ts";
import { type AppRole, startApp } from "./start-app.ts";
import { untilStopped } from "./until-stopped.ts";
import { welcome } from "./welcome.ts";

/** Runs the server until it is told to stop. What keeps it from starting is told in a sentence. */
export async function runServer(loadSettings: () => Settings, role: AppRole): Promise<void> {
  let diary: Diary | undefined;
  try {
    const settings = loadSettings();
    const log = openLog(settings.logLevel);
    const opened = await openDiary(settings);
    diary = opened;
    const app = await startApp(settings, opened.connection, log, role);
    process.stdout.write(welcome(settings, app.firstStart));
    await untilStopped(log, async () => {
      await app.stop();
      await opened.close();
    });
  } catch (error) {
    await diary?.close().catch(() => undefined); // or its PostgreSQL would live on by itself
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}
