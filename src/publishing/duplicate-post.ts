import type { DueAtInput } from "./due-at.ts";
import { getPost } from "./get-post.ts";
import { contentOf } from "./post-content.ts";
import type { StoredPost } from "./post-view.ts";
import { schedulePost } from "./schedule-post.ts";
import type { World } from "./world.ts";

/**
 * A new post that says the same in the same places: a draft, or planned for another time.
 * @throws Refusal `not_found`, and what scheduling throws
 */
export async function duplicatePost(
  world: World,
  workspaceId: string,
  id: string,
  dueAt: DueAtInput | null,
): Promise<StoredPost> {
  const content = contentOf(await getPost(world, workspaceId, id));
  return schedulePost(world, workspaceId, { content, dueAt, onIssue: "refuse" });
}
