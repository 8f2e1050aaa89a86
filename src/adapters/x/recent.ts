import type { Call } from "../contract/adapter.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { type FullPost, type IncludedMedia, timeline, type XCredentials } from "./api.ts";
import { unescaped } from "./match.ts";
import { published } from "./publish.ts";
import { isId, madeAt } from "./snowflake.ts";
import { inEitherSpelling } from "./spelling.ts";

type X = Call<XCredentials>;

/** The most X gives at once. It charges for every post it shows, so what nobody mirrors is not asked for. */
const pageSize = 100;

/** Our own posts; neither replies nor reposts. https://docs.x.com/x-api/users/get-posts (checked 2026-11) */
export async function recent(since: Date, call: X): Promise<readonly SourcePost[]> {
  const page = await inEitherSpelling((parameter) => {
    const long = parameter === "tweet.fields" ? "note_tweet" : "note_post";
    const query = new URLSearchParams({
      max_results: String(pageSize),
      start_time: `${since.toISOString().slice(0, 19)}Z`,
      exclude: "replies,retweets",
      [parameter]: `attachments,entities,lang,${long}`,
      expansions: "attachments.media_keys,author_id",
      "user.fields": "protected",
      "media.fields": "alt_text,type,url,variants",
    });
    return timeline(call, call.account.externalId, query);
  });
  // An account that only its followers may read is not to be shared with everybody.
  if (page.includes?.users?.some((user) => user.protected)) return [];
  const media = new Map((page.includes?.media ?? []).map((item) => [item.media_key, item]));
  return (page.data ?? [])
    .filter(({ id }) => isId(id) && madeAt(id) >= since)
    .map((post) => sourcePost(post, media, call));
}

function sourcePost(post: FullPost, media: ReadonlyMap<string, IncludedMedia>, call: X): SourcePost {
  const keys = post.attachments?.media_keys ?? [];
  const [first = post.id] = post.edit_history_post_ids ?? post.edit_history_tweet_ids ?? [];
  return {
    externalId: first, // what is edited is the same post still
    externalUrl: published(post.id, call).externalUrl,
    text: textOf(post),
    link: null,
    media: keys.flatMap((key) => fileOf(media.get(key))),
    language: post.lang && !undetermined.has(post.lang) ? post.lang : null,
    createdAt: madeAt(first),
    isReply: false,
    isRepost: false,
  };
}

/** X's own marks for what has no language: only links, only tags, only pictures. */
const undetermined = new Set(["und", "zxx", "qam", "qct", "qht", "qme", "qst", "art"]);

/** As people see it: whole where it is long, with its links in full and without the ones that stand for its files. */
function textOf(post: FullPost): string {
  const { text, entities } = post.note_tweet ?? post.note_post ?? post;
  const urls = [...(entities?.urls ?? []), ...(post.entities?.urls ?? [])];
  let full = unescaped(text);
  for (const { url, expanded_url: target, media_key: file } of urls)
    if (url) full = full.replaceAll(url, file ? "" : (target ?? url));
  return full.trim();
}

/** The best of a video's versions. */
function fileOf(item: IncludedMedia | undefined): SourcePost["media"] {
  const kind = item?.type === "photo" ? "image" : "video";
  const versions = (item?.variants ?? []).filter(({ content_type: type }) => type === "video/mp4");
  const best = versions.toSorted((a, b) => (b.bit_rate ?? 0) - (a.bit_rate ?? 0))[0];
  const url = kind === "image" ? item?.url : best?.url;
  return [{ url: url || null, kind, altText: item?.alt_text ?? "" }];
}
