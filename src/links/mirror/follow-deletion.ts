import { findPost } from "../../db/read-posts.ts";
import { findItem, type ShownCopy, settleChange } from "../../db/shown-items.ts";
import { askAbout, type TakenItem } from "../../db/source-items.ts";
import { viewPost } from "../../publishing/post-view.ts";
import { deleteCopies } from "../copies/delete-copies.ts";
import { withdrawCopies } from "../copies/withdraw-copies.ts";
import { loadSharing } from "../load-sharing.ts";
import type { Mirror } from "./mirror.ts";
import { whereTo } from "./where-to.ts";

/**
 * The original was deleted: so are its copies, where every link that made them says so. Else a person is asked, and what
 * has not gone out waits for that.
 */
export async function followDeletion({ world }: Mirror, item: TakenItem): Promise<void> {
  const { db } = world;
  const place = item.accountId ?? item.feed ?? "";
  const find = () => findItem(db, item.workspaceId, [place], item.id);
  const isStill = async () => (await find())?.changed === "deleted";
  const before = await find();
  if (before?.changed !== "deleted") return;
  await withdrawCopies(world, item.workspaceId, before);
  const shown = await find();
  if (shown?.changed !== "deleted") return;
  const sharing = await loadSharing(
    db,
    item.workspaceId,
    [],
    item.accountId === null ? [] : [item.accountId],
  );
  const { reached } = whereTo(sharing, item);
  const isOurs = await areAllCopies(world, item.workspaceId, shown.copies);
  const isWished =
    isOurs &&
    !["much_gone", "much_gone_edited"].includes(shown.reasonCode ?? "") &&
    shown.copies.every(({ accountId }) =>
      reached.some(
        (reach) =>
          reach.accountId === accountId && reach.path.every(({ link }) => link.onDelete === "delete"),
      ),
    );
  const copies = isWished ? await deleteCopies(world, item.workspaceId, shown, isStill) : [];
  if (isWished && copies.every(({ done }) => done))
    return void (await settleChange(db, item.workspaceId, item.id, shown));
  await askAbout(db, item);
}

/** Whoever changed a draft, or added an account to it, meant more than a copy. */
async function areAllCopies(
  world: Mirror["world"],
  workspaceId: string,
  copies: readonly ShownCopy[],
): Promise<boolean> {
  const ids = new Set(copies.map(({ accountId }) => accountId));
  for (const [postId, revision] of new Map(copies.map((copy) => [copy.postId, copy.ourRevision]))) {
    const row = await findPost(world.db, workspaceId, postId);
    if (["draft", "scheduled"].includes(row?.state ?? "") && row?.revision !== revision) return false;
    if (row && !viewPost(row).accounts.every((id) => ids.has(id))) return false;
  }
  return true;
}
