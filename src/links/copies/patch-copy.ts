import { noteOwnRevision } from "../../db/copies.ts";
import { transaction } from "../../db/transaction.ts";
import { type PostPatch, patchPost } from "../../publishing/patch-post.ts";
import type { World } from "../../publishing/world.ts";

/** Changes a copy without making it a person's. @throws Refusal as `patchPost` */
export function patchCopy(
  world: World,
  workspaceId: string,
  { postId, revision }: { readonly postId: string; readonly revision: number },
  patch: PostPatch,
): Promise<void> {
  return transaction(world.db, async (db) => {
    const { post } = await patchPost({ ...world, db }, workspaceId, postId, revision, patch);
    await noteOwnRevision(db, workspaceId, postId, post.revision);
  });
}
