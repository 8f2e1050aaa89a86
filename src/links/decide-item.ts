import type { Database } from "../db/database.ts";
import { findItem, retryItem, type ShownItem, settleChange, shareByHand } from "../db/shown-items.ts";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "../publishing/world.ts";
import { type CopyOutcome, deleteCopies } from "./copies/delete-copies.ts";
import { editCopies } from "./copies/edit-copies.ts";
import { placesOf } from "./link-view.ts";
import { loadSharing } from "./load-sharing.ts";
import { whereTo } from "./mirror/where-to.ts";
import { requireLink } from "./require-link.ts";

export interface ItemDecision {
  readonly id: string;
  /** Whether nothing of it is left to be decided: false where a copy could not be changed. Doing it again tries again. */
  readonly done: boolean;
  readonly copies: readonly CopyOutcome[];
}

/**
 * What a person wants after a source changed something that was shared, or after it was not shared: do the same to
 * the copies, leave them, try again what failed, or share what was left out.
 * @throws Refusal `not_found`; `wrong_state` where there is nothing like that to decide
 */
export async function decideItem(
  world: World,
  workspaceId: string,
  ids: { readonly linkId: string; readonly itemId: string },
  decision: "follow" | "leave" | "retry" | "share",
): Promise<ItemDecision> {
  const link = await requireLink(world.db, workspaceId, ids.linkId);
  const item = await findItem(world.db, workspaceId, placesOf({ ...link, mirror: true }), ids.itemId);
  if (!item) throw new Refusal("not_found", "The link's sources showed no such thing.");
  if (decision === "retry" || decision === "share")
    return shareAgain(world, workspaceId, item, decision === "share" ? link.id : null);
  if (item.changed === null)
    throw new Refusal("wrong_state", "The original was not changed since, or that was decided already.");
  const copies = decision === "leave" ? [] : await follow(world, workspaceId, item);
  const done =
    copies.every((copy) => copy.done) && (await settleChange(world.db, workspaceId, item.id, item));
  return { id: item.id, done, copies };
}

function follow(world: World, workspaceId: string, item: ShownItem): Promise<CopyOutcome[]> {
  return item.changed === "deleted"
    ? deleteCopies(world, workspaceId, item)
    : editCopies(world, workspaceId, item);
}

/** @param linkId along which a person wants it shared; null: what failed is tried again */
async function shareAgain(
  { db }: World,
  workspaceId: string,
  item: ShownItem,
  linkId: string | null,
): Promise<ItemDecision> {
  const done =
    linkId === null
      ? await retryItem(db, workspaceId, item.id)
      : (await leads(db, workspaceId, item, linkId)) && (await shareByHand(db, workspaceId, item.id, linkId));
  if (done) return { id: item.id, done, copies: [] };
  const why =
    linkId === null
      ? "It did not fail: there is nothing to try again."
      : "It was not left out for its age, or because it was there already, or the link does not share it now.";
  throw new Refusal("wrong_state", why);
}

/** Whether it would go along this link if a person wanted it to. */
async function leads(db: Database, workspaceId: string, item: ShownItem, linkId: string): Promise<boolean> {
  const sharing = await loadSharing(db, workspaceId, [], item.accountId === null ? [] : [item.accountId]);
  const { reached } = whereTo(sharing, { ...item, byHandLink: linkId });
  return reached.some(({ path }) => path.some(({ link }) => link.id === linkId));
}
