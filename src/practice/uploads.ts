import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync, readdirSync, statSync, unlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { PracticeFile } from "./kit.ts";
import { boundedTo } from "./too-large.ts";

export const maxUploadBytes = 1024 * 1024 * 1024;
const unusedAfterMs = 24 * 60 * 60_000;

export interface Uploads {
  /**
   * Streams to a new file, which stays for a day unless it is kept.
   * @throws TooLarge
   */
  save(stream: Readable, about: Pick<PracticeFile, "mimeType" | "filename">): Promise<PracticeFile>;
}

/** Where request bodies wait until a platform makes something of them. */
export function openUploads(folder: string): Uploads {
  mkdirSync(folder, { recursive: true });
  removeUnused(folder);
  return {
    async save(stream, about) {
      const path = join(folder, randomUUID());
      const file = createWriteStream(path);
      try {
        await pipeline(boundedTo(maxUploadBytes, stream), file);
      } catch (cause) {
        await rm(path, { force: true });
        throw cause;
      }
      return { path, bytes: file.bytesWritten, ...about };
    },
  };
}

function removeUnused(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).mtimeMs < Date.now() - unusedAfterMs) unlinkSync(path);
  }
}
