import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import { patchPost } from "./patch-post.ts";
import type { StoredPost } from "./post-view.ts";
import type { World } from "./world.ts";

/**
 * Sends a post now, whatever its time was: a draft, a planned one, or one that was missed or failed everywhere.
 * @throws Refusal `paused` where it could not go out at once, and what changing a post throws
 */
export function publishPost(world: World, workspaceId: string, id: string): Promise<StoredPost> {
  return transaction(world.db, async (db) => {
    const stored = await patchPost({ ...world, db }, workspaceId, id, null, { content: {}, dueAt: "now" });
    if (stored.post.deliveries.every((delivery) => delivery.state === "held"))
      throw new Refusal(
        "paused",
        "Sending is stopped for all of its accounts. Resume it, or connect them again.",
      );
    return stored;
  });
}
