import { findPosts, type PostFilter } from "../db/read-posts.ts";
import { decodeCursor, type Page, pageOf } from "./cursor.ts";
import { type PostView, viewPost } from "./post-view.ts";
import type { World } from "./world.ts";

export type PostQuery = Omit<PostFilter, "before"> & { readonly cursor?: string | undefined };

/** The workspace's posts, newest first. */
export async function listPosts(
  world: World,
  workspaceId: string,
  query: PostQuery,
): Promise<Page<PostView>> {
  const { cursor, limit, ...filter } = query;
  const [before] = decodeCursor(cursor, /^post_[0-9a-z]{26}$/) ?? [];
  const rows = await findPosts(world.db, workspaceId, { ...filter, before, limit: limit + 1 });
  return pageOf(rows, limit, (row) => [row.id], viewPost);
}
