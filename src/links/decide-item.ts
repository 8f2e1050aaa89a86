import type { Database } from "../db/database.ts";
import {
  findItem,
  retryItem,
  type ShownItem,
  settleChange,
  shareByHand,
  shareFurther,
} from "../db/shown-items.ts";
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
  if (decision === "share") return share(world, workspaceId, item, link.id);
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

async function share(
  { db }: World,
  workspaceId: string,
  item: ShownItem,
  linkId: string,
): Promise<ItemDecision> {
  const { id, state, copies } = item;
  const reached = await reachedAlong(db, workspaceId, item, linkId);
  if (reached.length === 0) throw new Refusal("wrong_state", "The link does not share it as it is now.");
  if (state === "held")
    throw new Refusal("wrong_state", "It is held: decide with `POST /v1/links/<id>/held`.");
  const isShared = state === "shared";
  if (isShared && item.isGone) throw new Refusal("wrong_state", "Its original was deleted.");
  if (isShared && reached.every((accountId) => copies.some((copy) => copy.accountId === accountId)))
    throw new Refusal(
      "wrong_state",
      "Everyone whom this link leads to has a copy, or had one: its `copies` say how it goes with each.",
    );
  const doShare = isShared ? shareFurther : shareByHand;
  if (await doShare(db, workspaceId, id, linkId)) return { id, done: true, copies: [] };
  const why = isShared
    ? "It is being shared just now: look again in a moment."
    : "It was not left out for its age, or because it was there already.";
  throw new Refusal("wrong_state", why);
}

/** Where it would go along this link if a person wanted it to. */
async function reachedAlong(
  db: Database,
  workspaceId: string,
  item: ShownItem,
  linkId: string,
): Promise<string[]> {
  const sharing = await loadSharing(db, workspaceId, [], item.accountId === null ? [] : [item.accountId]);
  const { reached } = whereTo(sharing, { ...item, alsoLinks: [linkId], isAgain: true });
  return reached.map(({ accountId }) => accountId);
}
