import { mkdir, realpath } from "node:fs/promises";
import { StartupError } from "./startup-error.ts";

/** Makes the data folder, private, when it is missing; returns its real path. */
export async function ensureDataDir(dataDir: string): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await realpath(dataDir);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new StartupError("data_dir_unusable", `Clarion cannot make its data folder ${dataDir} (${code}).`, {
      cause,
    });
  }
}
