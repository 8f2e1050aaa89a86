import { findTargets } from "../../db/find-targets.ts";
import { insertMedia } from "../../db/media.ts";
import { noteFile, type TakenItem } from "../../db/source-items.ts";
import { transaction } from "../../db/transaction.ts";
import type { SourceFile } from "../../domain/link/source-item.ts";
import { importMedia } from "../../media/import-media.ts";
import type { Mirror } from "./mirror.ts";
import { pairUp } from "./pair-up.ts";

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
  const { db } = mirror.world;
  const noted = item.files.map(({ id }) => id);
  const { media: there } = await findTargets(db, item.workspaceId, { accountIds: [], mediaIds: noted });
  const left = item.files.filter(({ id }) => there.some((file) => file.id === id));
  const ids: string[] = [];
  for (const { file, at } of pairUp(item.content.media, left))
    ids.push(at?.id ?? (await fetchFile(mirror, item, file)));
  return ids;
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
