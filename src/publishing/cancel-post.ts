import { lockPost } from "../db/edit-post.ts";
import { cancelDeliveries, closePost, findUnstoppable, type Unstoppable } from "../db/stop-deliveries.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import { getPost, noSuchPost } from "./get-post.ts";
import type { PostView } from "./post-view.ts";
import type { World } from "./world.ts";

export interface CanceledPost extends PostView {
  /** What was past its intent, and may be public: nothing can call it back. */
  readonly alreadySending: readonly Unstoppable[];
}

/**
 * Stops what has not gone out. Twice is not an error.
 * @throws Refusal `already_sending` or `wrong_state` where there was nothing left to stop
 */
export function cancelPost(world: World, workspaceId: string, id: string): Promise<CanceledPost> {
  return transaction(world.db, async (db) => {
    const post = await lockPost(db, workspaceId, id);
    if (!post) throw noSuchPost();
    const canceled = await cancelDeliveries(db, workspaceId, id);
    const alreadySending = await findUnstoppable(db, workspaceId, { postId: id });
    if (canceled === 0 && !post.canceledAt) requireSomethingToStop(post.deliveries, alreadySending);
    if (canceled > 0 || !post.canceledAt) await closePost(db, workspaceId, id, false);
    return { ...(await getPost({ db }, workspaceId, id)), alreadySending };
  });
}

function requireSomethingToStop(
  deliveries: readonly { readonly state: string }[],
  alreadySending: readonly Unstoppable[],
): void {
  if (alreadySending.length > 0)
    throw new Refusal("already_sending", "It is being sent already and cannot be called back.", {
      facts: { deliveries: alreadySending },
    });
  if (deliveries.some((delivery) => delivery.state === "published" || delivery.state === "deleted"))
    throw new Refusal("wrong_state", "It is published. Delete it to take it down.");
}
