import { readdir, rm, stat } from "node:fs/promises";
import { deleteExpiredUploads, findReceiving } from "../db/uploads.ts";
import { Refusal } from "../domain/refusal.ts";
import type { MediaWorld } from "./add-media.ts";
import { finishUpload } from "./finish-upload.ts";
import { uploadPath } from "./uploads.ts";

const beginningMs = 10 * 60_000; // a file is there a moment before its row

/**
 * Looks after the uploads on this machine's disk: finishes those that have all their bytes and no one at them, because a
 * process died or the bucket was away; forgets those that expired, and removes what is left of any.
 * @param onError told what could not be finished this time
 */
export async function tendUploads(world: MediaWorld, onError: (error: unknown) => void): Promise<void> {
  await deleteExpiredUploads(world.db);
  const names = await readdir(world.media.uploadsFolder);
  const receiving = new Map((await findReceiving(world.db, names)).map((upload) => [upload.id, upload]));
  for (const name of names) {
    const path = uploadPath(world, name);
    const found = await stat(path).catch(() => undefined);
    const upload = receiving.get(name);
    if (!found) continue;
    if (!upload && Date.now() - found.mtimeMs > beginningMs) await rm(path, { force: true });
    if (upload && found.size === upload.bytes)
      await finishUpload(world, upload.workspaceId, name).catch((error) => {
        if (!(error instanceof Refusal)) onError(error);
      });
  }
}
