import { adoptNextSecretKey, nextSecretKey } from "../../config/secret-key.ts";
import { rotateKey } from "../accounts/rotate-key.ts";
import { createVault } from "../accounts/vault.ts";
import { openDatabase } from "../db/database.ts";
import { migrate } from "../db/migrate.ts";
import type { LoadSettings } from "./in-server-mode.ts";
import { type Diary, openDiary } from "./open-diary.ts";

/**
 * Puts every stored secret under another SECRET_KEY. With a database of the operator's: under SECRET_KEY, from those in
 * SECRET_KEY_EARLIER, while everything runs. With the embedded one: under a key made now, while the server is stopped.
 * It may be killed at any moment, and run again.
 */
export async function runRotation(loadSettings: LoadSettings): Promise<void> {
  let diary: Diary | undefined;
  try {
    const settings = loadSettings();
    diary = await openDiary(settings);
    const db = openDatabase(diary.connection, 2, () => undefined);
    await migrate(db.pool);
    const given = settings.secretKey.reveal();
    const earlier = settings.earlierSecretKeys.map((key) => key.reveal());
    const isKept = settings.keepsSecretKey;
    const vault = isKept
      ? createVault(nextSecretKey(settings.dataDir), [given, ...earlier])
      : createVault(given, earlier);
    const { rotated, unreadable } = await rotateKey({ db, vault });
    await db.close();
    if (isKept) adoptNextSecretKey(settings.dataDir);
    process.stdout.write(
      `${rotated} secret(s) lie under the ${isKept ? "new key" : "key of today"} now.\n${
        unreadable > 0
          ? `${unreadable} could not be opened with any key given: connect those accounts again.\n`
          : ""
      }`,
    );
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  } finally {
    await diary?.close().catch(() => undefined);
  }
}
