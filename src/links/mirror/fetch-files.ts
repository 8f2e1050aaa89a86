import { insertMedia } from "../../db/media.ts";
import { noteFile, type TakenItem } from "../../db/source-items.ts";
import { transaction } from "../../db/transaction.ts";
import type { SourceFile } from "../../domain/link/source-item.ts";
import { importMedia } from "../../media/import-media.ts";
import type { Mirror } from "./mirror.ts";

const mostHops = 3;

/** Somebody else has taken the item meanwhile. */
export class ItemLost extends Error {
  override readonly name = "ItemLost";
}

/**
 * Fetches an item's files, each once: one that was fetched before a kill is not fetched again.
 * @returns their ids, in the item's order
 * @throws Refusal as importing does; ItemLost
 */
export async function fetchFiles(mirror: Mirror, item: TakenItem): Promise<string[]> {
  const ids: string[] = [];
  for (const file of item.content.media) {
    const fetched = item.files.find(({ url }) => isSameFile(url, file.url));
    ids.push(fetched?.id ?? (await fetchFile(mirror, item, file)));
  }
  return ids;
}

/** Platforms sign addresses anew with each reading, behind a name that stays. Without a file's name only all of it counts. */
function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [new URL(one).pathname, new URL(other).pathname];
  return a === b && /\.(jpe?g|png|webp|gif|mp4|mov|webm)$/i.test(a);
}

async function fetchFile(
  { world, timings, step }: Mirror,
  item: TakenItem,
  file: SourceFile,
): Promise<string> {
  const { url, altText } = file;
  const { id } = await importMedia(world, item.workspaceId, { url, altText, hops: mostHops }, (media) =>
    transaction(world.db, async (tx) => {
      step("fetched", item.id);
      const row = await insertMedia(tx, media);
      if (!(await noteFile(tx, item, { url, id: row.id }, timings.shareLeaseMs))) throw new ItemLost();
      return row;
    }),
  );
  step("noted", item.id);
  return id;
}
