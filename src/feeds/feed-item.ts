import type { SourcePost } from "../adapters/contract/source-post.ts";

/** One article of a feed, with nothing of its markup left. */
export interface FeedItem extends Omit<SourcePost, "createdAt"> {
  /** One line; empty where the article has none. */
  readonly title: string;
  /** When it was published or, failing that, changed; null where the feed does not say it readably. */
  readonly createdAt: Date | null;
}
