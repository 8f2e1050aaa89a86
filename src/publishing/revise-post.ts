import type { Database } from "../db/database.ts";
import {
  dropDeliveries,
  insertPlanned,
  keepDeliveries,
  type LockedDelivery,
  type LockedPost,
  updatePost,
} from "../db/edit-post.ts";
import type { NewDelivery } from "../db/insert-posts.ts";
import { Refusal } from "../domain/refusal.ts";
import { defaultTimings } from "../domain/timings.ts";
import type { PostPlan } from "./plan-post.ts";

const frozenStates = ["sending", "processing", "uncertain", "needs_decision", "published", "deleted"];

/**
 * Replaces what a locked post says and where it goes. Deliveries keep their identity: one per account and part.
 * @param rescheduled the author gave a new time: what failed or was missed goes out after all
 * @throws Refusal `already_sending` or `wrong_state`
 */
export async function revisePost(
  tx: Database,
  workspaceId: string,
  locked: LockedPost,
  plan: PostPlan,
  rescheduled: boolean,
): Promise<void> {
  requireEditable(locked, plan);
  const { kept, added, dropped } = match(locked.deliveries, plan.deliveries);
  await insertPlanned(tx, workspaceId, { ...plan, deliveries: added });
  await keepDeliveries(tx, workspaceId, kept, { ...defaultTimings, rescheduled });
  await dropDeliveries(tx, workspaceId, dropped);
  await updatePost(tx, workspaceId, plan);
}

function requireEditable({ canceledAt, deliveries }: LockedPost, plan: PostPlan): void {
  // What was looked for and not found goes out again under the same key or handle: that is its proof against a double.
  const frozen = deliveries.filter(
    ({ state, sent }) =>
      frozenStates.includes(state) || (sent && (state === "scheduled" || state === "claimed")),
  );
  if (frozen.length > 0)
    throw new Refusal(
      "already_sending",
      "It is being sent, or out already. Duplicate it to say something new.",
      {
        facts: { deliveries: frozen.map(({ id, accountId, state }) => ({ id, accountId, state })) },
      },
    );
  if (canceledAt) throw new Refusal("wrong_state", "The post was canceled. Duplicate it to use it again.");
  const planned = new Set(plan.deliveries.map(placeOf));
  if (deliveries.some((delivery) => delivery.state === "canceled" && planned.has(placeOf(delivery))))
    throw new Refusal(
      "wrong_state",
      "For one of these accounts it was canceled. Duplicate the post to use it again.",
    );
}

/** Pairs what is planned with what exists; parts of a chain find each other under the ids they keep. */
function match(existing: readonly LockedDelivery[], planned: readonly NewDelivery[]) {
  const known = new Map(existing.map((delivery) => [placeOf(delivery), delivery.id]));
  const finalId = new Map(
    planned.map((delivery) => [delivery.id, known.get(placeOf(delivery)) ?? delivery.id]),
  );
  const all = planned.map((delivery) => ({
    ...delivery,
    id: finalId.get(delivery.id) as string,
    afterId: delivery.afterId && (finalId.get(delivery.afterId) ?? null),
  }));
  const wanted = new Set(all.map((delivery) => delivery.id));
  const existingIds = new Set(known.values());
  return {
    kept: all.filter((delivery) => existingIds.has(delivery.id)),
    added: all.filter((delivery) => !existingIds.has(delivery.id)),
    dropped: [...existingIds].filter((id) => !wanted.has(id)),
  };
}

function placeOf({ accountId, part }: { readonly accountId: string; readonly part: number }): string {
  return `${accountId} ${part}`;
}
