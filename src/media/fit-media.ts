import type { Fit } from "../adapters/contract/fit.ts";
import { isRefusedValue } from "../db/errors.ts";
import { findFitted, findMedia, insertMedia, type MediaRow } from "../db/media.ts";
import { newId } from "../domain/ids.ts";
import type { MediaWorld } from "./add-media.ts";
import { mediaMissing, toPublishError } from "./to-publish-error.ts";

/**
 * The picture as a platform takes it, made now where it was not yet. Of two that make it at once one keeps theirs.
 * @throws PublishError `invalid` where the picture is gone or cannot be made to fit, `unavailable` where the bucket is away
 */
export async function fitMedia(
  world: MediaWorld,
  workspaceId: string,
  mediaId: string,
  fit: Fit,
): Promise<MediaRow> {
  const key = `${fit.mimeType} ${fit.width}x${fit.height} ${fit.how} ${fit.maxBytes}`;
  const made = await findFitted(world.db, workspaceId, mediaId, key);
  if (made) return made;
  const source = await findMedia(world.db, workspaceId, mediaId);
  if (!source) throw mediaMissing();
  return make(world, source, fit, key).catch(async (error: unknown) => {
    const theirs = isRefusedValue(error) && (await findFitted(world.db, workspaceId, mediaId, key));
    return theirs || toPublishError(error);
  });
}

async function make({ db, media }: MediaWorld, source: MediaRow, fit: Fit, key: string): Promise<MediaRow> {
  const draft = media.draftPath();
  try {
    const { bytes } = await media.editor.fit(await media.pathOf(source.storageKey), draft, fit);
    const storageKey = await media.keep(draft);
    const { mimeType, width, height } = fit;
    const facts = { mimeType, width, height, bytes, storageKey, ofId: source.id, fit: key };
    return await insertMedia(db, { ...source, ...facts, id: newId("med") }).catch(async (error) => {
      await media.remove(storageKey);
      throw error;
    });
  } finally {
    await media.discard(draft);
  }
}
