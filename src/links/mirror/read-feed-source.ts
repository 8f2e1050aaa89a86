import type { Reading, TakenSource } from "../../db/sources.ts";
import { type FeedAnswer, readFeed } from "../../feeds/read-feed.ts";
import { before, type Mirror } from "./mirror.ts";
import type { Found } from "./read-source.ts";
import { toItemRows } from "./to-item-rows.ts";

const timeoutMs = 60_000;

/** What a feed shows now. What it does not show any more has scrolled out, which says nothing. */
export async function readFeedSource({ world }: Mirror, source: TakenSource, readAt: Date): Promise<Found> {
  const { feed, etag, lastModified, since } = source;
  if (feed === null) throw new Error("Only a feed is read like this");
  const answer = await readFeed(world.browse, feed, { etag, lastModified }, AbortSignal.timeout(timeoutMs));
  if (answer.kind === "unchanged") return { items: [], completeSince: null, about: {} };
  const items = toItemRows(answer.items, readAt, undatedAt(source.readAt, since));
  return { items, completeSince: null, about: aboutFeed(answer) };
}

/**
 * What has no date came after the last reading. If that was before anything is to be shared, as after a pause, nobody can
 * tell, and it counts as old.
 */
function undatedAt(lastReadAt: Date | null, since: Date): Date {
  if (lastReadAt === null || lastReadAt < before(since)) return lastReadAt ?? new Date(0);
  return lastReadAt > since ? lastReadAt : since;
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
