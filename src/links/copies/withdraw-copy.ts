import { noteOwnRevision } from "../../db/copies.ts";
import { lockPost } from "../../db/edit-post.ts";
import type { ShownCopy } from "../../db/shown-items.ts";
import { transaction } from "../../db/transaction.ts";
import type { DeliveryState } from "../../domain/delivery.ts";
import { Refusal } from "../../domain/refusal.ts";
import { cancelPost } from "../../publishing/cancel-post.ts";
import type { PostPatch } from "../../publishing/patch-post.ts";
import type { World } from "../../publishing/world.ts";
import { patchCopy } from "./patch-copy.ts";

interface OurPost {
  readonly postId: string;
  /** As mirroring left it: with another one it is a person's. */
  readonly revision: number;
}

const waiting: readonly (DeliveryState | "draft" | "left_out")[] = ["scheduled", "held", "retrying"];

/** The posts of those copies that have not gone out, with the accounts they wait for. */
export function waitingPosts(copies: readonly ShownCopy[]): (OurPost & { readonly accounts: string[] })[] {
  const still = copies.filter(({ state }) => waiting.includes(state));
  return [...new Map(still.map((copy) => [copy.postId, copy.ourRevision]))].map(([postId, revision]) => ({
    postId,
    revision,
    accounts: still.filter((copy) => copy.postId === postId).map(({ accountId }) => accountId),
  }));
}

/**
 * Takes back what has not gone out of a post. What has begun to, or cannot be changed, is canceled instead.
 * @param patch what it is to become: a draft, or one that goes to fewer accounts
 * @returns false where it is gone, on its way, or a person's by now
 */
export async function withdrawCopy(
  world: World,
  workspaceId: string,
  post: OurPost,
  patch: PostPatch,
): Promise<boolean> {
  try {
    await patchCopy(world, workspaceId, post, patch);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (patch.dueAt !== null || error.code === "stale" || error.code === "not_found") return false;
    return cancelRest(world, workspaceId, post);
  }
}

function cancelRest(world: World, workspaceId: string, { postId, revision }: OurPost): Promise<boolean> {
  return transaction(world.db, async (db) => {
    const locked = await lockPost(db, workspaceId, postId);
    if (locked?.revision !== revision) return false;
    const canceled = await cancelPost({ ...world, db }, workspaceId, postId);
    await noteOwnRevision(db, workspaceId, postId, canceled.revision);
    return true;
  }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    return false;
  });
}
