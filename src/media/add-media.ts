import { stat } from "node:fs/promises";
import type { Database } from "../db/database.ts";
import { insertMedia, type MediaRow } from "../db/media.ts";
import { newId } from "../domain/ids.ts";
import type { MediaType } from "./media-type.ts";
import { type MediaView, viewMedia } from "./media-view.ts";
import type { MediaStore, ReceivedFile } from "./store.ts";

export interface MediaWorld {
  readonly db: Database;
  readonly media: MediaStore;
}

export type Received = ReceivedFile & { readonly type: MediaType };

/**
 * Checks a file that was received, takes hidden data out of it, and makes it one of the workspace's. Where that fails
 * nothing is left of it.
 * @param save makes its row, where more has to happen with that
 * @throws Refusal `image_too_large`, `media_unreadable`, `unavailable`
 */
export async function addMedia(
  world: MediaWorld,
  workspaceId: string,
  received: Pick<Received, "path" | "type">,
  altText: string,
  save: (media: Omit<MediaRow, "createdAt">) => Promise<MediaRow> = (media) => insertMedia(world.db, media),
): Promise<MediaView> {
  const store = world.media;
  const clean = store.draftPath();
  try {
    const facts = await store.editor.clean(received.path, clean, received.type);
    const { size: bytes } = await stat(clean);
    const storageKey = await store.keep(clean);
    const { kind, mimeType } = received.type;
    const unknown = { videoCodec: null, audioCodec: null, look: null };
    const own = { ofId: null, fit: null };
    const media = {
      ...{ ...unknown, ...facts, ...own },
      ...{ id: newId("med"), workspaceId, kind, mimeType, bytes, altText, storageKey },
    };
    const row = await save(media).catch(async (error) => {
      await store.remove(storageKey);
      throw error;
    });
    return viewMedia(row, store.urls);
  } finally {
    await Promise.all([store.discard(received.path), store.discard(clean)]);
  }
}
