import { findTargets } from "../../db/find-targets.ts";
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
  const { db } = mirror.world;
  const noted = item.files.map(({ id }) => id);
  const { media: there } = await findTargets(db, item.workspaceId, { accountIds: [], mediaIds: noted });
  const left = item.files.filter(({ id }) => there.some((file) => file.id === id));
  const ids: string[] = [];
  for (const { file, at } of pairUp(item.content.media, left))
    ids.push(at?.id ?? (await fetchFile(mirror, item, file)));
  return ids;
}

/** Each file with the one that was fetched for it: by its very address first, and none for two. */
function pairUp(files: readonly SourceFile[], fetched: TakenItem["files"]) {
  const exact = files.map((file) => fetched.find(({ url }) => url === file.url));
  const used = new Set(exact.flatMap((one) => one?.id ?? []));
  return files.map((file, index) => {
    const isOnly = files.filter(({ url }) => isSameFile(url, file.url)).length === 1;
    const loose = isOnly
      ? fetched.find(({ url, id }) => !used.has(id) && isSameFile(url, file.url))
      : undefined;
    return { file, at: exact[index] ?? loose };
  });
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
