import { lockPost } from "../../db/edit-post.ts";
import type { ShownCopy } from "../../db/shown-items.ts";
import { cancelDeliveries } from "../../db/stop-deliveries.ts";
import { transaction } from "../../db/transaction.ts";
import type { DeliveryState } from "../../domain/delivery.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { PostPatch } from "../../publishing/patch-post.ts";
import type { World } from "../../publishing/world.ts";
import { patchCopy } from "./patch-copy.ts";

/** A post of copies that have not gone out. */
export interface WaitingPost {
  readonly postId: string;
  /** As mirroring left it: with another one it is a person's. */
  readonly revision: number;
  /** Where it has not. */
  readonly accounts: readonly string[];
}

const waiting: readonly (DeliveryState | "draft" | "left_out")[] = ["scheduled", "held", "retrying"];

/** The posts of those copies that have not gone out, with the accounts they wait for. */
export function waitingPosts(copies: readonly ShownCopy[]): WaitingPost[] {
  const still = copies.filter(({ state }) => waiting.includes(state));
  return [...new Map(still.map((copy) => [copy.postId, copy.ourRevision]))].map(([postId, revision]) => ({
    postId,
    revision,
    accounts: still.filter((copy) => copy.postId === postId).map(({ accountId }) => accountId),
  }));
}

/**
 * Takes back what has not gone out of a post. Where that has begun to, or cannot be changed, those accounts' copies are
 * canceled instead.
 * @param patch what it is to become: a draft, or one that goes to fewer accounts
 * @returns false where it is gone, on its way, or a person's by now
 */
export async function withdrawCopy(
  world: World,
  workspaceId: string,
  post: WaitingPost,
  patch: PostPatch,
): Promise<boolean> {
  try {
    await patchCopy(world, workspaceId, post, patch);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "stale" || error.code === "not_found") return false;
    return cancelThose(world, workspaceId, post);
  }
}

function cancelThose(
  world: World,
  workspaceId: string,
  { postId, revision, accounts }: WaitingPost,
): Promise<boolean> {
  return transaction(world.db, async (db) => {
    const locked = await lockPost(db, workspaceId, postId);
    if (locked?.revision !== revision) return false;
    return (await cancelDeliveries(db, workspaceId, postId, accounts)) > 0;
  });
}
