import type { ShownItem } from "../../db/shown-items.ts";
import type { World } from "../../publishing/world.ts";
import { patchCopy } from "./patch-copy.ts";
import { unlessTheirs } from "./unless-theirs.ts";

/**
 * Makes drafts of copies that still wait for their time: nothing more goes out of what may have been taken back. What a
 * person has changed is theirs.
 */
export async function withdrawCopies(
  world: World,
  workspaceId: string,
  { copies }: Pick<ShownItem, "copies">,
): Promise<void> {
  const waiting = copies.filter(({ state }) => state === "scheduled");
  for (const [postId, revision] of new Map(waiting.map((copy) => [copy.postId, copy.ourRevision])))
    await patchCopy(world, workspaceId, { postId, revision }, { content: {}, dueAt: null }).catch(
      unlessTheirs,
    );
}
