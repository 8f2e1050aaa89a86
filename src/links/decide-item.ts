import { findItem, retryItem, type ShownItem, settleChange, shareByHand } from "../db/shown-items.ts";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "../publishing/world.ts";
import { type CopyOutcome, deleteCopies } from "./copies/delete-copies.ts";
import { editCopies } from "./copies/edit-copies.ts";
import { placesOf } from "./link-view.ts";
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
  if (decision === "retry" || decision === "share") return shareAgain(world, workspaceId, item, decision);
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

const why = {
  retry: "It did not fail: there is nothing to try again.",
  share:
    "It was not left out for its age, or because it was there already: there is nothing to share by hand.",
};

async function shareAgain(
  { db }: World,
  workspaceId: string,
  { id }: ShownItem,
  decision: keyof typeof why,
): Promise<ItemDecision> {
  const again = decision === "retry" ? retryItem : shareByHand;
  if (await again(db, workspaceId, id)) return { id, done: true, copies: [] };
  throw new Refusal("wrong_state", why[decision]);
}
