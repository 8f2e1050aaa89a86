import type { ShownItem } from "../../db/shown-items.ts";
import { Refusal } from "../../domain/refusal.ts";
import { getPost } from "../../publishing/get-post.ts";
import { patchPost } from "../../publishing/patch-post.ts";
import type { World } from "../../publishing/world.ts";

/**
 * Makes drafts of copies that still wait for their time: nothing more goes out of what may have been taken back. What a
 * person has changed is theirs.
 */
export async function withdrawCopies(
  world: World,
  workspaceId: string,
  { copies }: Pick<ShownItem, "copies">,
): Promise<void> {
  for (const postId of new Set(copies.map((copy) => copy.postId)))
    await withdraw(world, workspaceId, postId).catch((error: unknown) => {
      // Gone, changed or on its way meanwhile: nothing is left to be withdrawn.
      if (!(error instanceof Refusal)) throw error;
    });
}

async function withdraw(world: World, workspaceId: string, postId: string): Promise<void> {
  const { state, revision } = await getPost(world, workspaceId, postId);
  if (state !== "scheduled" || revision > 1) return;
  await patchPost(world, workspaceId, postId, revision, { content: {}, dueAt: null });
}
