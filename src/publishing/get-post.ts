import { findPost } from "../db/read-posts.ts";
import { Refusal } from "../domain/refusal.ts";
import { type PostView, viewPost } from "./post-view.ts";
import type { World } from "./world.ts";

/** @throws Refusal `not_found` */
export async function getPost(world: Pick<World, "db">, workspaceId: string, id: string): Promise<PostView> {
  const row = await findPost(world.db, workspaceId, id);
  if (!row) throw noSuchPost();
  return viewPost(row);
}

export function noSuchPost(): Refusal {
  return new Refusal("not_found", "There is no post with this id.");
}
