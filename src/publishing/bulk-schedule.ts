import { insertPosts } from "../db/insert-posts.ts";
import { Refusal } from "../domain/refusal.ts";
import { resolveDueAt } from "./due-at.ts";
import { type Known, lookUp } from "./known.ts";
import { type PostPlan, planPost } from "./plan-post.ts";
import type { PostInput } from "./schedule-post.ts";
import type { World } from "./world.ts";

/** One item of a bulk request: a post, or why it was refused before. */
export type BulkItem = PostInput | Refusal;

export type BulkResult = { readonly plan: PostPlan } | { readonly refusal: Refusal };

/**
 * Stores the posts that can be, in one statement; each refused one says why and stops no other.
 * @param dryRun checks only, and stores nothing
 * @returns one result per item, in the same order
 */
export async function bulkSchedule(
  world: World,
  workspaceId: string,
  items: readonly BulkItem[],
  dryRun: boolean,
): Promise<BulkResult[]> {
  const contents = items.flatMap((item) => (item instanceof Refusal ? [] : [item.content]));
  const known = await lookUp(world, workspaceId, contents);
  const now = new Date();
  const results = items.map((item) => planOne(world, known, item, now));
  const plans = results.flatMap((result) => ("plan" in result ? [result.plan] : []));
  if (!dryRun && plans.length > 0) await insertPosts(world.db, workspaceId, plans);
  return results;
}

function planOne(world: World, known: Known, item: BulkItem, now: Date): BulkResult {
  try {
    if (item instanceof Refusal) throw item;
    const due = item.dueAt === null ? null : resolveDueAt(item.dueAt, now);
    return { plan: planPost(world, known, { ...item, due }) };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}
