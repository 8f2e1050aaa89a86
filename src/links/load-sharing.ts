import type { Database } from "../db/database.ts";
import { findTargets } from "../db/find-targets.ts";
import { listLinks } from "../db/links.ts";
import { listPeople } from "../db/people.ts";
import { isFeed } from "../domain/link/link.ts";
import { mediaIdsOf, type PostContent } from "../publishing/post-content.ts";
import type { Sharing } from "./sharing.ts";

/**
 * Looks up what sharing these posts along the workspace's links needs.
 * @param sources where they are shared from
 */
export async function loadSharing(
  db: Database,
  workspaceId: string,
  contents: readonly PostContent[],
  sources: readonly string[],
): Promise<Sharing> {
  const [links, people] = await Promise.all([listLinks(db, workspaceId), listPeople(db, workspaceId)]);
  const active = links.filter(({ state }) => state === "active");
  const ends = [...sources, ...active.flatMap(({ source, targets }) => [source, ...targets])];
  const accountIds = new Set(ends.filter((end) => !isFeed(end)));
  const mediaIds = new Set(contents.flatMap(mediaIdsOf));
  const found = await findTargets(db, workspaceId, { accountIds: [...accountIds], mediaIds: [...mediaIds] });
  return {
    links: active,
    people,
    accounts: new Map(found.accounts.map((account) => [account.id, account])),
    kinds: new Map(found.media.map(({ id, kind }) => [id, kind])),
  };
}
