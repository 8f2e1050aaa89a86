import type { Database } from "../../db/database.ts";
import { addNotes, itemsWithPlans, type ShownItem } from "../../db/shown-items.ts";
import { getPost } from "../../publishing/get-post.ts";
import type { World } from "../../publishing/world.ts";
import { loadSharing } from "../load-sharing.ts";
import { whereTo } from "../mirror/where-to.ts";
import { waitingPosts, withdrawCopy } from "./withdraw-copy.ts";

/**
 * Stops what still waits for its time and reaches its account no more, because a link was paused or deleted: it becomes
 * a draft, or leaves the post it would have gone out with. What a person has changed is theirs.
 * @param db in which nobody else shares anything in this workspace
 */
export async function withdrawUnreached(world: World, db: Database, workspaceId: string): Promise<void> {
  const items = await itemsWithPlans(db, workspaceId);
  if (items.length === 0) return;
  const sources = items.flatMap(({ accountId }) => accountId ?? []);
  const sharing = await loadSharing(db, workspaceId, [], sources);
  for (const item of items) {
    const reached = new Set(whereTo(sharing, item).reached.map(({ accountId }) => accountId));
    const unreached = item.copies.filter(({ accountId }) => !reached.has(accountId));
    for (const post of waitingPosts(unreached)) await withdraw({ ...world, db }, workspaceId, item, post);
  }
}

async function withdraw(
  world: World,
  workspaceId: string,
  { id }: ShownItem,
  copy: { readonly postId: string; readonly revision: number; readonly accounts: readonly string[] },
): Promise<void> {
  const { accounts: all } = await getPost(world, workspaceId, copy.postId);
  const left = all.filter((accountId) => !copy.accounts.includes(accountId));
  const patch = left.length === 0 ? { content: {}, dueAt: null } : { content: { accounts: left } };
  if (!(await withdrawCopy(world, workspaceId, copy, patch))) return;
  const message = "Its link was paused, changed or deleted before it went out";
  const notes = copy.accounts.map((accountId) => ({ accountId, code: "link_ended", message }));
  await addNotes(world.db, workspaceId, id, notes);
}
