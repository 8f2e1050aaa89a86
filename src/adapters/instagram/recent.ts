import type { Call } from "../contract/adapter.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { fileFields, filesOf } from "../families/graph-files.ts";
import { sinceSecond } from "../families/graph-since.ts";
import type { InstagramCredentials } from "./api.ts";
import { listOwn, type Media } from "./own-media.ts";
import { published } from "./publish.ts";

type Instagram = Call<InstagramCredentials>;

const fields = `id,caption,permalink,timestamp,${fileFields}`;

/** Our own posts and reels; Instagram has neither replies nor reposts among them. */
export async function recent(since: Date, call: Instagram): Promise<readonly SourcePost[]> {
  const posts = await listOwn(fields, since, call);
  return posts.filter(({ timestamp }) => sinceSecond(timestamp, since)).map((post) => sourcePost(post, call));
}

function sourcePost(post: Media, call: Instagram): SourcePost {
  return {
    externalId: post.id,
    externalUrl: published(post.id, post.permalink, call).externalUrl,
    text: post.caption ?? "",
    link: null,
    media: filesOf(post),
    language: null,
    createdAt: new Date(post.timestamp),
    isReply: false,
    isRepost: false,
  };
}
