import type { Reading, TakenSource } from "../../db/sources.ts";
import { type FeedAnswer, readFeed } from "../../feeds/read-feed.ts";
import type { Mirror } from "./mirror.ts";
import type { Found } from "./read-source.ts";
import { type Kept, toItemRows } from "./to-item-rows.ts";

const timeoutMs = 60_000;
/** A feed is read before its link is kept. */
const firstReadingMs = 60_000;
const coarseMs = 24 * 3_600_000;

/** What a feed shows now. What it does not show any more has scrolled out, which says nothing. */
export async function readFeedSource({ world }: Mirror, source: TakenSource, readAt: Date): Promise<Found> {
  const { feed, etag, lastModified, since } = source;
  if (feed === null) throw new Error("Only a feed is read like this");
  const answer = await readFeed(world.browse, feed, { etag, lastModified }, AbortSignal.timeout(timeoutMs));
  if (answer.kind === "unchanged") return { items: [], completeSince: null, about: {} };
  const came = cameAfter(source.readAt, since);
  const items = toItemRows(answer.items, readAt, came ?? source.readAt ?? new Date(0));
  return {
    items: came ? items.map((item) => notBefore(item, came)) : items,
    completeSince: null,
    about: aboutFeed(answer),
  };
}

/**
 * After which moment that came which the last reading did not show; null: nobody read it since anything is to be shared,
 * as after a pause, and nobody can tell.
 */
function cameAfter(lastReadAt: Date | null, since: Date): Date | null {
  if (lastReadAt === null || lastReadAt.getTime() < since.getTime() - firstReadingMs) return null;
  return lastReadAt > since ? lastReadAt : since;
}

/** Many blogs know days only, or date an article when it was begun. What is older than a day is an old one under a new name. */
function notBefore(item: Kept, moment: Date): Kept {
  const earlierMs = moment.getTime() - item.createdAt.getTime();
  return earlierMs > 0 && earlierMs < coarseMs ? { ...item, createdAt: moment } : item;
}

export function aboutFeed({
  title,
  etag,
  lastModified,
  hub,
  self,
}: Extract<FeedAnswer, { kind: "items" }>): Omit<Reading, "againMs" | "readAt"> {
  return { ...(title !== "" && { title }), etag, lastModified, hub, topic: self };
}
