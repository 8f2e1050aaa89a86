import { sharingAlone } from "../db/arrivals.ts";
import { releaseHeld } from "../db/shown-items.ts";
import { transaction } from "../db/transaction.ts";
import type { World } from "../publishing/world.ts";
import { placesOf } from "./link-view.ts";
import { requireLink } from "./require-link.ts";

/** Shares what was held because it was so much at once, or lets it be. @returns how many. @throws Refusal `not_found` */
export function decideHeld(
  { db }: Pick<World, "db">,
  workspaceId: string,
  linkId: string,
  decision: "share" | "skip",
): Promise<number> {
  return transaction(db, async (tx) => {
    await sharingAlone(tx, workspaceId);
    const link = await requireLink(tx, workspaceId, linkId);
    return releaseHeld(tx, workspaceId, placesOf(link), decision === "share");
  });
}
