import type { Call } from "../contract/adapter.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { fileFields, filesOf } from "../families/graph-files.ts";
import { sinceSecond } from "../families/graph-since.ts";
import { listOwn, type Post, type ThreadsCredentials } from "./api.ts";
import { published } from "./publish.ts";

const fields = `id,text,timestamp,permalink,link_attachment_url,${fileFields}`;

/** Our own posts, reposts among them; replies stand on a list of their own and are left out. */
export async function recent(since: Date, call: Call<ThreadsCredentials>): Promise<readonly SourcePost[]> {
  const posts = await listOwn("threads", fields, since, call);
  return posts.filter(({ timestamp }) => sinceSecond(timestamp, since)).map((post) => sourcePost(post, call));
}

function sourcePost(post: Post, call: Call<ThreadsCredentials>): SourcePost {
  return {
    externalId: post.id,
    externalUrl: published(post.id, post.permalink, call).externalUrl,
    text: post.text ?? "",
    link: post.link_attachment_url ?? null,
    media: filesOf(post),
    language: null,
    createdAt: new Date(post.timestamp),
    isReply: false,
    isRepost: post.media_type === "REPOST_FACADE",
  };
}
