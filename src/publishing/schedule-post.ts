import { insertPost } from "../db/insert-posts.ts";
import type { RefusalIssue } from "../domain/refusal.ts";
import { type DueAtInput, resolveDueAt } from "./due-at.ts";
import { lookUp } from "./known.ts";
import { type PostPlan, planPost } from "./plan-post.ts";
import type { PostContent } from "./post-content.ts";
import { type StoredPost, viewPost } from "./post-view.ts";
import type { World } from "./world.ts";

export interface PostInput {
  readonly content: PostContent;
  /** Null: keep it as a draft. */
  readonly dueAt: DueAtInput | null;
  /** Whether one account's issue stops them all. */
  readonly onIssue: "refuse" | "skip";
  /** What is known before it is planned, for its author to be told. */
  readonly warnings?: readonly RefusalIssue[];
}

/**
 * Stores a post, and one delivery for each part on each account: in one statement, checked before.
 * @throws Refusal for a time or a post that cannot be; then nothing is stored
 */
export async function schedulePost(world: World, workspaceId: string, input: PostInput): Promise<StoredPost> {
  const { content, onIssue, warnings = [] } = input;
  const due = input.dueAt === null ? null : resolveDueAt(input.dueAt, new Date());
  const known = await lookUp(world, workspaceId, [content]);
  const plan = planPost(world, known, { content, due, onIssue, warnings });
  const stored = await insertPost(world.db, workspaceId, plan);
  return { post: viewNew(plan, stored), warnings: plan.warnings, skipped: plan.skipped };
}

function viewNew(
  plan: PostPlan,
  stored: { readonly createdAt: Date; readonly checks: Readonly<Record<string, string>> },
): StoredPost["post"] {
  return viewPost({
    ...plan.post,
    canceledAt: null,
    revision: 1,
    createdAt: stored.createdAt,
    updatedAt: stored.createdAt,
    state: plan.deliveries.length === 0 ? "draft" : "scheduled",
    deliveries: plan.deliveries.map((delivery) => ({
      ...delivery,
      dueAt: delivery.dueAt.toISOString(),
      externalId: null,
      externalUrl: null,
      attempts: 0,
      nextCheckAt: stored.checks[delivery.id] ?? null,
      publishedAt: null,
    })),
  });
}
