import type { Database } from "../../db/database.ts";
import { deleteMedia } from "../../db/media.ts";
import type { World } from "../../publishing/world.ts";

/**
 * Forgets files that were fetched for something that is not shared after all, unless a post uses them.
 * @returns under which keys their bytes lie: for `removeBytes`, once the transaction is through
 */
export async function dropFiles(
  tx: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const id of ids) {
    const deleted = await deleteMedia(tx, workspaceId, id);
    if (typeof deleted === "object") keys.push(...deleted.storageKeys);
  }
  return keys;
}

/** A kill before this leaves bytes that nobody can reach. */
export async function removeBytes({ media }: Pick<World, "media">, keys: readonly string[]): Promise<void> {
  for (const key of keys) await media.remove(key).catch(() => undefined);
}
