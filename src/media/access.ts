import type { MediaAccess } from "../adapters/contract/adapter.ts";
import type { Database } from "../db/database.ts";
import { findMedia } from "../db/media.ts";
import type { MediaStore } from "./store.ts";
import { mediaMissing } from "./to-publish-error.ts";

/** One workspace's files, as adapters may use them. Practice platforms fetch from this machine, live ones from outside. */
export function mediaAccess(
  world: { readonly db: Database; readonly media: MediaStore },
  workspaceId: string,
  mode: "live" | "practice",
): MediaAccess {
  const { urls } = world.media;
  return {
    async open(mediaId) {
      const file = await findMedia(world.db, workspaceId, mediaId);
      if (!file) throw mediaMissing();
      return world.media.open(file.storageKey, file.mimeType);
    },
    publicUrl: (mediaId) => (mode === "live" ? urls.publicUrl(mediaId) : urls.localUrl(mediaId)),
  };
}
