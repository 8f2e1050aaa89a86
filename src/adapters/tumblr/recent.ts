import type { SourcePost } from "../contract/source-post.ts";
import type { ShownBlock, ShownPost, TumblrCall } from "./api.ts";
import { realAddress } from "./links.ts";
import { ownPosts } from "./own-posts.ts";
import { published } from "./publish.ts";
import { shownText } from "./shown-text.ts";

const maxPosts = 100;

/** What the blog published since then; queued and private posts are not among it. */
export async function recent(since: Date, call: TumblrCall): Promise<readonly SourcePost[]> {
  const { posts } = await ownPosts(since, call);
  return posts.slice(0, maxPosts).map((post) => sourcePost(post, call));
}

function sourcePost(post: ShownPost, call: TumblrCall): SourcePost {
  const { externalId, externalUrl } = published(post, call);
  return {
    externalId,
    externalUrl,
    text: shownText(post.content),
    link: linkOf(post.content),
    media: post.content.flatMap(mediaOf),
    language: null,
    createdAt: new Date(post.timestamp * 1000),
    isReply: post.layout?.some(({ type }) => type === "ask") ?? false,
    isRepost: isReblog(post),
  };
}

export function isReblog({ parent_post_url: parent, trail = [] }: ShownPost): boolean {
  return parent !== undefined || trail.length > 0;
}

/** A link of its own, or what a player from elsewhere plays. */
function linkOf(content: readonly ShownBlock[]): string | null {
  const block = content.find(({ type, url, media }) => type === "link" || (url && media === undefined));
  return block?.url === undefined ? null : realAddress(block.url);
}

/** Sound cannot be taken along. */
function mediaOf({ type, media, alt_text: altText = "" }: ShownBlock): SourcePost["media"][number][] {
  const url = [media].flat()[0]?.url;
  if ((type !== "image" && type !== "video") || url === undefined) return [];
  return [{ url, kind: type, altText }];
}
