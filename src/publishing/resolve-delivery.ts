import type { Database } from "../db/database.ts";
import { isUniqueViolation } from "../db/errors.ts";
import { endChain, resolveDropped, resolvePublished } from "../db/resolve-delivery.ts";
import { type LockedDelivery, lockDelivery, sendAgain } from "../db/send-again.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import { getDelivery, noSuchDelivery, type WholeDeliveryView } from "./get-delivery.ts";
import { preparingPlatforms } from "./preparing-platforms.ts";
import { requireSendable } from "./retry-delivery.ts";
import type { World } from "./world.ts";

/** What a person found when they looked at the account. */
export type Resolution =
  | {
      readonly outcome: "published";
      readonly externalUrl?: string | undefined;
      /** The platform's own id: with it, later parts of a thread can follow. */
      readonly externalId?: string | undefined;
    }
  | { readonly outcome: "send" }
  | { readonly outcome: "drop" };

/**
 * A person decides what we cannot know: it is there, it is not and is to be sent, or let it be.
 * @throws Refusal `not_found`, `wrong_state`, `paused`
 */
export function resolveDelivery(
  world: World,
  workspaceId: string,
  id: string,
  resolution: Resolution,
): Promise<WholeDeliveryView> {
  return transaction(world.db, async (db) => {
    const delivery = await lockDelivery(db, workspaceId, id);
    if (!delivery) throw noSuchDelivery();
    if (delivery.state !== "needs_decision")
      throw new Refusal(
        "wrong_state",
        `Only what needs a decision can be resolved; this is ${delivery.state}.`,
      );
    await decide(world, db, workspaceId, delivery, resolution);
    return getDelivery({ db }, workspaceId, id);
  });
}

async function decide(
  world: World,
  db: Database,
  workspaceId: string,
  delivery: LockedDelivery,
  resolution: Resolution,
): Promise<void> {
  switch (resolution.outcome) {
    case "published":
      return published(db, workspaceId, delivery, resolution);
    case "send":
      requireSendable(delivery);
      return sendAgain(db, workspaceId, delivery, preparingPlatforms(world), new Date());
    case "drop":
      await resolveDropped(db, workspaceId, delivery.id);
      return endChain(db, workspaceId, delivery, {
        code: "earlier_part_missing",
        text: "The part before it was not sent",
      });
    default:
      return resolution satisfies never;
  }
}

async function published(
  db: Database,
  workspaceId: string,
  delivery: LockedDelivery,
  {
    externalUrl = null,
    externalId = null,
  }: { externalUrl?: string | null | undefined; externalId?: string | null | undefined },
): Promise<void> {
  const known = await resolvePublished(db, workspaceId, delivery.id, { externalId, externalUrl }).catch(
    (error) => {
      if (!isUniqueViolation(error)) throw error;
      throw new Refusal("wrong_state", "This `externalId` belongs to another delivery of the account.");
    },
  );
  if (known) return;
  await endChain(db, workspaceId, delivery, {
    code: "earlier_part_unknown",
    text: "The part before it is out, but without its id this one cannot answer it",
  });
}
