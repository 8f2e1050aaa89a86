import { join } from "node:path";
import type { Logger } from "pino";
import type { Settings } from "../../config/env.ts";
import { openDiskShelf } from "../media/disk-shelf.ts";
import { openFileCache } from "../media/file-cache.ts";
import type { Shelf } from "../media/shelf.ts";
import { type MediaStore, openMediaStore } from "../media/store.ts";

/** The files of posts where the operator wants them: in the data folder, or in a bucket. */
export function openMedia(
  settings: Pick<Settings, "dataDir" | "bucket">,
  ways: Pick<MediaStore, "urls" | "download" | "editor">,
  log: Logger,
): Promise<MediaStore> {
  const folder = join(settings.dataDir, "media");
  const bucket = settings.bucket?.reveal();
  if (!bucket) return openMediaStore(folder, () => openDiskShelf(folder), ways);
  const openShelf = async (draftPath: () => string): Promise<Shelf> => {
    const { openBucketShelf } = await import("../media/bucket-shelf.ts"); // most never need it, and it is large
    const cache = await openFileCache(join(folder, "cache"), draftPath);
    return openBucketShelf(bucket, cache, (problem) => log.error(problem, "the bucket does not do as asked"));
  };
  return openMediaStore(folder, openShelf, ways);
}
