import { addNotes, type ShownItem } from "../../db/shown-items.ts";
import type { World } from "../../publishing/world.ts";
import { waitingPosts, withdrawCopy } from "./withdraw-copy.ts";

const message = "Its original seemed to be deleted before this copy went out: it was stopped";

/**
 * Stops copies that still wait: nothing more goes out of what may have been taken back, and what was planned is a draft.
 * What a person has changed is theirs.
 */
export async function withdrawCopies(
  world: World,
  workspaceId: string,
  { id, copies }: Pick<ShownItem, "id" | "copies">,
): Promise<void> {
  for (const post of waitingPosts(copies)) {
    if (!(await withdrawCopy(world, workspaceId, post, { content: {}, dueAt: null }))) continue;
    const notes = post.accounts.map((accountId) => ({ accountId, code: "original_gone", message }));
    await addNotes(world.db, workspaceId, id, notes);
  }
}
