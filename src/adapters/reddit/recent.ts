import type { Call } from "../contract/adapter.ts";
import type { SourcePost } from "../contract/source-post.ts";
import type { RedditCredentials } from "./api.ts";
import { type Post, readPage } from "./listing.ts";
import { plainText } from "./markdown.ts";
import { published } from "./published.ts";
import { pageOf } from "./reconcile.ts";

const atMost = 100;
/** Communities that not everybody may read: what is posted there is not to be shared with all. */
const closed = ["private", "employees_only", "gold_only", "gold_restricted"];

/** The account's own posts. Its comments belong to other people's conversations and stay there. */
export async function recent(since: Date, call: Call<RedditCredentials>): Promise<readonly SourcePost[]> {
  const path = `/user/${encodeURIComponent(call.account.handle)}/submitted`;
  const { things } = await readPage<Post>(call, path, { sort: "new", limit: String(atMost) });
  return things
    .filter((post) => post.created_utc * 1000 >= since.getTime() && !post.removed_by_category)
    .filter(({ subreddit_type: type }) => !closed.includes(type ?? "public"))
    .map((post) => sourcePost(post, call));
}

/** A title is the first line to a reader. */
function sourcePost(post: Post, call: Call<RedditCredentials>): SourcePost {
  const body = plainText(post.selftext ?? "");
  const { externalId, externalUrl } = published(post.name, pageOf(post, call), call);
  const media = mediaOf(post);
  const isLink = post.is_self !== true && media.length === 0 && post.is_gallery !== true;
  return {
    externalId,
    externalUrl,
    text: body === "" ? post.title : `${post.title}\n\n${body}`,
    link: isLink && /^https?:/.test(post.url ?? "") ? (post.url ?? null) : null,
    media,
    language: null,
    createdAt: new Date(post.created_utc * 1000),
    isReply: false,
    isRepost: post.crosspost_parent !== undefined,
  };
}

/** Reddit has no alt text; the captions of a gallery come nearest to it. */
function mediaOf(post: Post): SourcePost["media"] {
  if (post.is_gallery)
    return (post.gallery_data?.items ?? []).map(({ media_id: id, caption }) => {
      const shown = post.media_metadata?.[id]?.s;
      const url = shown?.u ?? shown?.gif;
      return { url: url ?? null, kind: "image" as const, altText: caption ?? "" };
    });
  const video = post.media?.reddit_video?.fallback_url;
  if (video !== undefined) return [{ url: video, kind: "video", altText: "" }];
  return post.post_hint === "image" && post.url !== undefined
    ? [{ url: post.url, kind: "image", altText: "" }]
    : [];
}
