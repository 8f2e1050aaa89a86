import { findSignedMedia, type MediaRow } from "../db/media.ts";
import type { MediaWorld } from "./add-media.ts";

/** The file a signed address is for. Undefined on any doubt. */
export async function findSigned(
  world: MediaWorld,
  id: string,
  exp: string,
  sig: string,
): Promise<Pick<MediaRow, "storageKey" | "mimeType" | "bytes"> | undefined> {
  if (!world.media.urls.isValid(id, exp, sig)) return undefined;
  return findSignedMedia(world.db, id);
}
