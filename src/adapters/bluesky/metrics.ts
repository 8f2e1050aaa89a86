import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { ask } from "./api.ts";
import type { BlueskyCall } from "./session.ts";

/**
 * Bluesky's own view of the post; a server that stands alone cannot ask for it.
 * https://docs.bsky.app/docs/api/app-bsky-feed-get-posts (checked 2026-11)
 */
export async function metrics(
  externalId: string,
  call: BlueskyCall,
): Promise<Partial<Record<MetricName, number>>> {
  const params = { uris: externalId };
  const { posts } = await ask<{ posts?: readonly PostView[] }>(call, "app.bsky.feed.getPosts", { params });
  const [post] = Array.isArray(posts) ? (posts as readonly PostView[]) : [];
  if (!post) throw new PublishError("invalid", "Bluesky no longer shows this post", { code: "not_found" });
  const counts: Record<string, unknown> = {
    likes: post.likeCount,
    reposts: post.repostCount,
    replies: post.replyCount,
    saves: post.bookmarkCount,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => typeof count === "number"));
}

interface PostView {
  readonly likeCount?: unknown;
  readonly repostCount?: unknown;
  readonly replyCount?: unknown;
  readonly bookmarkCount?: unknown;
}
