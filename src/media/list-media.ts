import { findMediaPage } from "../db/media.ts";
import type { MediaWorld } from "./add-media.ts";
import { type MediaView, viewMedia } from "./media-view.ts";

/** The workspace's files, newest first. @param before the id of the last one of the page before */
export async function listMedia(
  world: MediaWorld,
  workspaceId: string,
  page: { readonly before?: string | undefined; readonly limit: number },
): Promise<MediaView[]> {
  const rows = await findMediaPage(world.db, workspaceId, page);
  return rows.map((row) => viewMedia(row, world.media.urls));
}
