import { type LockedDelivery, lockDelivery, sendAgain } from "../db/send-again.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import { getDelivery, noSuchDelivery, type WholeDeliveryView } from "./get-delivery.ts";
import { preparingPlatforms } from "./preparing-platforms.ts";
import type { World } from "./world.ts";

/**
 * Sends what failed or was missed after all, now. Both are proof that it is not public.
 * @throws Refusal `not_found`, `wrong_state`, `paused`
 */
export function retryDelivery(world: World, workspaceId: string, id: string): Promise<WholeDeliveryView> {
  return transaction(world.db, async (db) => {
    const delivery = await lockDelivery(db, workspaceId, id);
    if (!delivery) throw noSuchDelivery();
    if (delivery.state !== "failed" && delivery.state !== "missed")
      throw new Refusal(
        "wrong_state",
        `Only what failed or was missed can be retried; this is ${delivery.state}.`,
      );
    requireSendable(delivery);
    await sendAgain(db, workspaceId, delivery, preparingPlatforms(world), new Date());
    return getDelivery({ db }, workspaceId, id);
  });
}

/** @throws Refusal for a delivery that could not go out now */
export function requireSendable({ stopped, previousState }: LockedDelivery): void {
  if (stopped)
    throw new Refusal("paused", "Its account or the workspace is stopped. Resume or reconnect it first.");
  if (previousState !== null && previousState !== "published")
    throw new Refusal(
      "wrong_state",
      "The part before it is not published. Retry that one; this one follows it.",
    );
}
