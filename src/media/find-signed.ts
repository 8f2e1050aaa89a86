import { findSignedMedia } from "../db/media.ts";
import type { MediaWorld } from "./add-media.ts";

/** The file a signed address is for: its path below `media.folder`, and its type. Undefined on any doubt. */
export async function findSigned(
  world: MediaWorld,
  id: string,
  exp: string,
  sig: string,
): Promise<{ readonly storageKey: string; readonly mimeType: string } | undefined> {
  if (!world.media.urls.isValid(id, exp, sig)) return undefined;
  return findSignedMedia(world.db, id);
}
