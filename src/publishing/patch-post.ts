import { type LockedPost, lockPost } from "../db/edit-post.ts";
import { transaction } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import { type Due, type DueAtInput, resolveDueAt } from "./due-at.ts";
import { getPost, noSuchPost } from "./get-post.ts";
import { lookUp } from "./known.ts";
import { planPost } from "./plan-post.ts";
import { forAccounts, type PostContent } from "./post-content.ts";
import type { StoredPost } from "./post-view.ts";
import { revisePost } from "./revise-post.ts";
import type { World } from "./world.ts";

export interface PostPatch {
  /** Fields that are given replace those of the post, whole. */
  readonly content: Partial<PostContent>;
  /** Absent: as it is. Null: a draft again. */
  readonly dueAt?: DueAtInput | null | undefined;
}

/**
 * Changes a post that has not begun to go out, in one transaction with everything that follows from it.
 * @param revision the one its sender has seen; null: whichever it is
 * @throws Refusal `not_found`, `stale`, `already_sending`, `wrong_state`, and what scheduling throws
 */
export function patchPost(
  world: World,
  workspaceId: string,
  id: string,
  revision: number | null,
  patch: PostPatch,
): Promise<StoredPost> {
  return transaction(world.db, async (db) => {
    const locked = await lockPost(db, workspaceId, id);
    if (!locked) throw noSuchPost();
    if (revision !== null && revision !== locked.revision)
      throw new Refusal("stale", `The post is at revision ${locked.revision} by now. Read it again.`);
    const content = merge(locked.content as PostContent, patch.content);
    const due = dueAfter(locked, patch.dueAt);
    const known = await lookUp({ ...world, db }, workspaceId, [content]);
    const plan = planPost(world, known, { content, due, onIssue: "refuse" }, id);
    await revisePost(db, workspaceId, locked, plan, patch.dueAt !== undefined);
    const post = await getPost({ db }, workspaceId, id);
    return { post, warnings: plan.warnings, skipped: [] };
  });
}

/** Variants of accounts that the patch takes away go with them; those it names itself are checked. */
function merge(content: PostContent, patch: Partial<PostContent>): PostContent {
  const merged = { ...content, ...patch };
  return patch.variants ? merged : forAccounts(merged, merged.accounts);
}

function dueAfter(locked: LockedPost, dueAt: DueAtInput | null | undefined): Due | null {
  if (dueAt === null) return null;
  if (dueAt !== undefined) return resolveDueAt(dueAt, new Date());
  if (locked.dueAt === null) return null;
  return { at: locked.dueAt, wallTime: locked.wallTime, zone: locked.zone, choice: locked.timeChoice };
}
