import { findMedia, setAltText } from "../db/media.ts";
import { Refusal } from "../domain/refusal.ts";
import type { MediaWorld } from "./add-media.ts";
import { type MediaView, viewMedia } from "./media-view.ts";

/** @throws Refusal `not_found` */
export async function getMedia(world: MediaWorld, workspaceId: string, id: string): Promise<MediaView> {
  const row = await findMedia(world.db, workspaceId, id);
  if (!row || row.ofId !== null) throw noSuchMedia();
  return viewMedia(row, world.media.urls);
}

/** For posts yet to be made; a post keeps the words it was made with. @throws Refusal `not_found` */
export async function describeMedia(
  world: MediaWorld,
  workspaceId: string,
  id: string,
  altText: string,
): Promise<MediaView> {
  const row = await setAltText(world.db, workspaceId, id, altText);
  if (!row || row.ofId !== null) throw noSuchMedia();
  return viewMedia(row, world.media.urls);
}

export function noSuchMedia(): Refusal {
  return new Refusal("not_found", "There is no file with this id.");
}
