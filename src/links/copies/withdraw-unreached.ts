import type { Database } from "../../db/database.ts";
import { findPost } from "../../db/read-posts.ts";
import { addNotes, itemsWithPlans, type ShownItem } from "../../db/shown-items.ts";
import { viewPost } from "../../publishing/post-view.ts";
import type { World } from "../../publishing/world.ts";
import { loadSharing } from "../load-sharing.ts";
import { whereTo } from "../mirror/where-to.ts";
import type { Sharing } from "../sharing.ts";
import { type WaitingPost, waitingPosts, withdrawCopy } from "./withdraw-copy.ts";

/**
 * Stops what still waits for its time and reaches its account no more, because a link was paused or deleted: it becomes
 * a draft, or leaves the post it would have gone out with. What a person has changed is theirs.
 * @param db in which nobody else shares anything in this workspace
 * @param before the links as they were
 */
export async function withdrawUnreached(
  world: World,
  db: Database,
  workspaceId: string,
  before: Sharing,
): Promise<void> {
  const items = await itemsWithPlans(db, workspaceId);
  if (items.length === 0) return;
  const after = await loadSharing(db, workspaceId, [], []);
  for (const item of items) {
    // Also where its link was paused once before, and is younger than it: `true`.
    const lost = new Set([false, true].flatMap((hasCopies) => lostBy(item, before, after, hasCopies)));
    const unreached = item.copies.filter(({ accountId }) => lost.has(accountId));
    for (const post of waitingPosts(unreached)) await withdraw({ ...world, db }, workspaceId, item, post);
  }
}

function lostBy(item: ShownItem, before: Sharing, after: Sharing, hasCopies: boolean): string[] {
  const [had = [], has = []] = [before, after].map((sharing) =>
    whereTo(sharing, item, hasCopies).reached.map(({ accountId }) => accountId),
  );
  return had.filter((accountId) => !has.includes(accountId));
}

async function withdraw(
  world: World,
  workspaceId: string,
  { id }: ShownItem,
  copy: WaitingPost,
): Promise<void> {
  const post = await findPost(world.db, workspaceId, copy.postId);
  if (!post) return;
  const left = viewPost(post).accounts.filter((accountId) => !copy.accounts.includes(accountId));
  const patch = left.length === 0 ? { content: {}, dueAt: null } : { content: { accounts: left } };
  if (!(await withdrawCopy(world, workspaceId, copy, patch))) return;
  const message = "Its link was paused, changed or deleted before it went out";
  const notes = copy.accounts.map((accountId) => ({ accountId, code: "link_ended", message }));
  await addNotes(world.db, workspaceId, id, notes);
}
