import type { Settings } from "../../config/env.ts";
import { type Rotated, rotateKey } from "../accounts/rotate-key.ts";
import { createVaultOn } from "../accounts/vault.ts";
import { type Database, openDatabase } from "../db/database.ts";
import { joinEmbeddedPostgres } from "../db/embedded/join-embedded-postgres.ts";
import { StartupError } from "../db/embedded/startup-error.ts";
import { migrate } from "../db/migrate.ts";
import { aloneInRotating } from "../db/rotation-lock.ts";
import type { LoadSettings } from "./in-server-mode.ts";
import { type Diary, openDiary } from "./open-diary.ts";
import { rotateKeptKey } from "./rotate-kept-key.ts";

/**
 * Puts every stored secret under another SECRET_KEY while everything runs. With keys in the environment: under
 * SECRET_KEY, from those in SECRET_KEY_EARLIER. With the one in the data folder: under a key made now.
 * It may be killed at any moment, and run again.
 */
export async function runRotation(loadSettings: LoadSettings): Promise<void> {
  let diary: Diary | undefined;
  try {
    const settings = loadSettings();
    diary = await openOrJoin(settings);
    const db = openDatabase(diary.connection, 3, () => undefined);
    await migrate(db.pool);
    const rotated = await aloneInRotating(db, () => rotate(settings, db));
    await db.close();
    if (!rotated) throw new Error("The keys are being rotated already. Wait until that has ended.");
    process.stdout.write(report(rotated.done, settings.keepsSecretKey));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  } finally {
    await diary?.close().catch(() => undefined);
  }
}

function rotate(settings: Settings, db: Database): Promise<Rotated> {
  return settings.keepsSecretKey
    ? rotateKeptKey(db, settings.dataDir)
    : rotateKey({ db, vault: createVaultOn(settings.readSecretKeys) });
}

/** The embedded database of a server that runs is used along with it. */
async function openOrJoin(settings: Settings): Promise<Diary> {
  try {
    return await openDiary(settings);
  } catch (error) {
    if (!(error instanceof StartupError) || error.code !== "data_dir_in_use") throw error;
    const connection = await joinEmbeddedPostgres(settings.dataDir);
    if (!connection) throw error;
    return { connection, close: async () => undefined };
  }
}

function report({ rotated, unreadable }: Rotated, isKept: boolean): string {
  const lines = [`${rotated} secret(s) lie under the ${isKept ? "new key" : "key of today"} now.`];
  if (unreadable > 0)
    lines.push(`${unreadable} could not be opened with any key given: connect those accounts again.`);
  return `${lines.join("\n")}\n`;
}
