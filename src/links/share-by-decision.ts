import { freeLeftOut } from "../db/arrivals.ts";
import type { Database } from "../db/database.ts";
import { type ShownItem, shareByHand, shareFurther } from "../db/shown-items.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import type { World } from "../publishing/world.ts";
import { loadSharing } from "./load-sharing.ts";
import { whereTo } from "./mirror/where-to.ts";

/**
 * A person wants shared along this link what was left out, or what was shared with those, too, who have it not.
 * @throws Refusal `wrong_state`
 */
export async function shareByDecision(
  { db }: Pick<World, "db">,
  workspaceId: string,
  item: ShownItem,
  linkId: string,
): Promise<void> {
  const reached = await reachedAlong(db, workspaceId, item, linkId);
  if (reached.length === 0) throw refused("The link does not share it as it is now.");
  if (item.state === "held") throw refused("It is held: decide with `POST /v1/links/<id>/held`.");
  if (item.state === "shared") return furtherTo(db, workspaceId, item, linkId, reached);
  if (!(await shareByHand(db, workspaceId, item.id, linkId)))
    throw refused("It was not left out for its age, or because it was there already.");
}

async function furtherTo(
  db: Database,
  workspaceId: string,
  { id, isGone, copies }: ShownItem,
  linkId: string,
  reached: readonly string[],
): Promise<void> {
  if (isGone) throw refused("Its original was deleted.");
  const having = new Set(copies.flatMap(({ accountId, state }) => (state === "left_out" ? [] : accountId)));
  const left = reached.filter((accountId) => !having.has(accountId));
  if (left.length === 0)
    throw refused(
      "Everyone whom this link leads to has a copy, or had one: its `copies` say how it goes with each.",
    );
  await transaction(db, async (tx) => {
    await freeLeftOut(tx, workspaceId, id, left);
    if (!(await shareFurther(tx, workspaceId, id, linkId)))
      throw refused("It is being shared just now: look again in a moment.");
  });
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

function refused(message: string): Refusal {
  return new Refusal("wrong_state", message);
}
