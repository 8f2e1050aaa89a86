import type { ShownItem } from "../../db/shown-items.ts";
import { Refusal } from "../../domain/refusal.ts";
import { deletePost } from "../../publishing/delete-post.ts";
import type { World } from "../../publishing/world.ts";

/** What became of one copy. */
export interface CopyOutcome {
  readonly accountId: string;
  readonly postId: string;
  readonly done: boolean;
  /** Why not, and what to do. */
  readonly reason: string | null;
}

/**
 * Deletes what an item became, wherever that is by now: drafts, what is planned, and what is public where the platform lets us.
 * @param isWanted asked before each post: a person may decide otherwise meanwhile
 */
export async function deleteCopies(
  world: World,
  workspaceId: string,
  { copies }: Pick<ShownItem, "copies">,
  isWanted: () => Promise<boolean> = async () => true,
): Promise<CopyOutcome[]> {
  const outcomes: CopyOutcome[] = [];
  for (const postId of new Set(copies.map((copy) => copy.postId))) {
    if (!(await isWanted())) break;
    const accounts = copies.filter((copy) => copy.postId === postId);
    const deleted = await deleteOne(world, workspaceId, postId);
    for (const { accountId } of accounts) {
      const reason = typeof deleted === "string" ? deleted : (deleted.get(accountId) ?? null);
      outcomes.push({ accountId, postId, done: reason === null, reason });
    }
  }
  return outcomes;
}

/** @returns by account why it is still there; a text: why nothing could be done */
async function deleteOne(
  world: World,
  workspaceId: string,
  postId: string,
): Promise<ReadonlyMap<string, string> | string> {
  try {
    const { deliveries } = await deletePost(world, workspaceId, postId);
    const left = deliveries.filter(({ deleted }) => !deleted);
    return new Map(left.map(({ accountId, reason }) => [accountId, reason ?? "It is still there"]));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code === "not_found" ? new Map() : error.message;
  }
}
