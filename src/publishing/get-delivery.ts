import { findDelivery } from "../db/read-deliveries.ts";
import type { Variant } from "../domain/post.ts";
import { Refusal } from "../domain/refusal.ts";
import { type DeliveryView, iso, viewDelivery } from "./delivery-view.ts";
import type { World } from "./world.ts";

/** A delivery with what it says, every try and every transition, oldest first. */
export interface WholeDeliveryView extends Omit<DeliveryView, "attempts"> {
  readonly variant: Variant;
  /** How many tries counted since it was last told to go out. */
  readonly attemptCount: number;
  readonly attempts: readonly {
    readonly startedAt: string;
    readonly endedAt: string | null;
    readonly outcome: string | null;
    readonly httpStatus: number | null;
  }[];
  readonly events: readonly {
    readonly type: string;
    readonly from: string | null;
    readonly reasonCode: string | null;
    readonly at: string;
  }[];
}

/** @throws Refusal `not_found` */
export async function getDelivery(
  world: Pick<World, "db">,
  workspaceId: string,
  id: string,
): Promise<WholeDeliveryView> {
  const row = await findDelivery(world.db, workspaceId, id);
  if (!row) throw noSuchDelivery();
  const { attempts: attemptCount, ...view } = viewDelivery(row);
  return {
    ...view,
    variant: row.variant,
    attemptCount,
    attempts: row.attemptList.map((attempt) => ({
      ...attempt,
      startedAt: iso(attempt.startedAt),
      endedAt: attempt.endedAt && iso(attempt.endedAt),
    })),
    events: row.eventList.map((event) => ({ ...event, at: iso(event.at) })),
  };
}

export function noSuchDelivery(): Refusal {
  return new Refusal("not_found", "There is no delivery with this id.");
}
