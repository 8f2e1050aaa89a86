import type { Database } from "../../db/database.ts";
import { findTargets } from "../../db/find-targets.ts";
import type { SourceItem } from "../../domain/link/source-item.ts";
import type { Media } from "../../domain/post.ts";
import { Refusal } from "../../domain/refusal.ts";

/** An item's files as they were fetched, with the words that its source has for them. @throws Refusal `unknown_media` */
export async function filesOf(
  db: Database,
  workspaceId: string,
  { media }: SourceItem,
  ids: readonly string[],
): Promise<Media[]> {
  const found = await findTargets(db, workspaceId, { accountIds: [], mediaIds: ids });
  const known = new Map(found.media.map((file) => [file.id, file]));
  return ids.map((id, index) => {
    const file = known.get(id);
    if (!file) throw new Refusal("unknown_media", "A file of this was deleted meanwhile.");
    return { ...file, altText: media[index]?.altText ?? file.altText };
  });
}
