import type { Database } from "../../db/database.ts";
import { keepItems } from "../../db/source-items.ts";
import { noteReading, type Reading, takeUnread } from "../../db/sources.ts";
import { Refusal } from "../../domain/refusal.ts";
import { FeedError } from "../../feeds/feed-error.ts";
import { readFeed } from "../../feeds/read-feed.ts";
import type { World } from "../../publishing/world.ts";
import { aboutFeed } from "./read-feed-source.ts";
import { type Kept, toItemRows } from "./to-item-rows.ts";

const timeoutMs = 20_000;

/** What a feed shows before anything of it is shared. */
export interface FirstReading {
  readonly items: readonly Kept[];
  readonly about: Omit<Reading, "againMs" | "readAt">;
  readonly readAt: Date;
}

/** @throws Refusal `feed_refused` where it cannot be read, or is no feed */
export async function readFirst({ browse }: World, url: string): Promise<FirstReading> {
  const readAt = new Date();
  try {
    const known = { etag: null, lastModified: null };
    const answer = await readFeed(browse, url, known, AbortSignal.timeout(timeoutMs));
    if (answer.kind === "unchanged") return { items: [], about: {}, readAt };
    return { items: toItemRows(answer.items, readAt), about: aboutFeed(answer), readAt };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const { code, message } = error;
    throw new Refusal("feed_refused", message, {
      issues: [{ pointer: "/source/feed", code, message }],
    });
  }
}

/** All of it is old. Where the feed was read before, for another link, this one brings nothing new. */
export async function keepFirstReading(
  tx: Database,
  workspaceId: string,
  feed: string,
  { items, about, readAt }: FirstReading,
): Promise<void> {
  const source = await takeUnread(tx, workspaceId, feed);
  if (!source) return;
  await noteReading(tx, source, { ...about, readAt, againMs: 0 });
  await keepItems(
    tx,
    source,
    items.map((item) => ({ ...item, state: "skipped", reasonCode: "old" })),
  );
}
