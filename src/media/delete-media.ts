import { deleteMedia as deleteRow } from "../db/media.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import type { MediaWorld } from "./add-media.ts";
import { noSuchMedia } from "./get-media.ts";

/**
 * Removes a file that no post uses. The bytes go first: whoever deletes a picture must be able to rely on it.
 * @throws Refusal `not_found`, `media_in_use`
 */
export function deleteMedia(world: MediaWorld, workspaceId: string, id: string): Promise<void> {
  return transaction(world.db, async (tx) => {
    const deleted = await deleteRow(tx, workspaceId, id);
    if (deleted === undefined) throw noSuchMedia();
    if (deleted === "in_use")
      throw new Refusal(
        "media_in_use",
        "A post uses this file. Delete the post, or take the file out of it, first.",
      );
    for (const storageKey of deleted.storageKeys) await world.media.remove(storageKey);
  });
}
