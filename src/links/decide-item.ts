import { findItem, retryItem, type ShownItem, settleChange } from "../db/shown-items.ts";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "../publishing/world.ts";
import { type CopyOutcome, deleteCopies } from "./copies/delete-copies.ts";
import { editCopies } from "./copies/edit-copies.ts";
import { placesOf } from "./link-view.ts";
import { requireLink } from "./require-link.ts";
import { shareByDecision } from "./share-by-decision.ts";

export interface ItemDecision {
  readonly id: string;
  /** Whether nothing of it is left to be decided: false where a copy could not be changed. Doing it again tries again. */
  readonly done: boolean;
  readonly copies: readonly CopyOutcome[];
}

/**
 * What a person wants after a source changed something that was shared, or after it was not shared: do the same to
 * the copies, leave them, try again what failed, share what was left out, or with those whom that left out.
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
  if (decision === "retry") return retry(world, workspaceId, item);
  if (decision === "share") {
    await shareByDecision(world, workspaceId, item, link.id);
    return { id: item.id, done: true, copies: [] };
  }
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

async function retry({ db }: World, workspaceId: string, { id, state }: ShownItem): Promise<ItemDecision> {
  if (await retryItem(db, workspaceId, id)) return { id, done: true, copies: [] };
  const why =
    state === "shared"
      ? "It was shared. A copy that failed or was missed is tried again with `POST /v1/deliveries/<its deliveryId>/retry`."
      : "It did not fail: there is nothing to try again.";
  throw new Refusal("wrong_state", why);
}
