import { readPosts, type ShownPost, type TumblrCall } from "./api.ts";

/** The most Tumblr gives at once. https://www.tumblr.com/docs/en/api/v2#posts--retrieve-published-posts (checked 2026-11) */
const pageSize = 20;
/** A hundred posts and more: pages overlap by what was posted within a second. */
const maxPages = 6;

/** What the blog published since then, newest first. `isWhole` is false where there was more than we were willing to read. */
export async function ownPosts(
  since: Date,
  call: TumblrCall,
): Promise<{ readonly posts: readonly ShownPost[]; readonly isWhole: boolean }> {
  const sinceSeconds = Math.floor(since.getTime() / 1000);
  const posts = new Map<string, ShownPost>();
  const query = new URLSearchParams({ npf: "true", limit: String(pageSize) });
  for (let page = 0; page < maxPages; page++) {
    const known = posts.size;
    const { posts: shown, total } = await readPosts(call, query);
    for (const post of shown) posts.set(post.id_string, post);
    // The last one tells how far back we are: a pinned post may stand above newer ones.
    const last = shown.at(-1);
    // A second request only to learn that there is no more would be half of what Tumblr allows a young blog.
    const isAll = page === 0 && shown.length < pageSize && total === shown.length;
    if (!last || last.timestamp < sinceSeconds || posts.size === known || isAll)
      return { posts: published(posts, sinceSeconds), isWhole: true };
    query.set("before", String(last.timestamp + 1)); // others may be of the same second
  }
  return { posts: published(posts, sinceSeconds), isWhole: false };
}

/** A private post is shown to its owner, too. */
function published(posts: ReadonlyMap<string, ShownPost>, sinceSeconds: number): ShownPost[] {
  return [...posts.values()]
    .filter(({ state = "published" }) => state === "published")
    .filter(({ timestamp }) => timestamp >= sinceSeconds)
    .sort((one, other) => other.timestamp - one.timestamp);
}
