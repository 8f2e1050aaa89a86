import type { PracticePost } from "../../practice/kit.ts";
import { shownText, urlEntities } from "./practice-text.ts";

/** What a timeline shows of its posts, and of their files where they are asked for. */
export function timelineBody(posts: readonly PracticePost[], query: URLSearchParams) {
  const asked = ["tweet.fields", "post.fields"].flatMap((name) => query.get(name)?.split(",") ?? []);
  const data = posts.map((post) => summary(post, asked));
  const files = posts.flatMap((post) => post.media.map((_item, index) => mediaObject(post, index, query)));
  const expansions = query.get("expansions")?.split(",") ?? [];
  const media = expansions.includes("attachments.media_keys") ? files : [];
  const users = expansions.includes("author_id") ? authorsOf(posts, query) : [];
  const includes = { ...(media.length > 0 && { media }), ...(users.length > 0 && { users }) };
  return { data, ...(Object.keys(includes).length > 0 && { includes }) };
}

/** Nobody is protected here. */
function authorsOf(posts: readonly PracticePost[], query: URLSearchParams) {
  const asked = query.get("user.fields")?.split(",") ?? [];
  const authors = new Map(posts.map(({ accountId, handle, name }) => [accountId, { handle, name }]));
  return [...authors].map(([id, { handle, name }]) => ({
    id,
    name,
    username: handle,
    ...(asked.includes("protected") && { protected: false }),
  }));
}

/** In both spellings X uses at present. Its posts name no language here: nobody detects it. */
export function summary(post: PracticePost, asked: readonly string[]) {
  const { id, media } = post;
  const urls = urlEntities(post, mediaKey(post, 0));
  return {
    id,
    text: shownText(post),
    edit_history_post_ids: [id],
    edit_history_tweet_ids: [id],
    ...(asked.includes("entities") && urls.length > 0 && { entities: { urls } }),
    ...(asked.includes("attachments") &&
      media.length > 0 && {
        attachments: { media_keys: media.map((_item, index) => mediaKey(post, index)) },
      }),
    ...(asked.includes("lang") && { lang: "und" }),
  };
}

function mediaKey({ id }: PracticePost, index: number): string {
  return `3_${id}${index}`;
}

/** Always its key and type; the rest as asked. */
function mediaObject(post: PracticePost, index: number, query: URLSearchParams): Record<string, unknown> {
  const { kind, url, altText } = post.media[index] ?? { kind: "image", url: "", altText: "" };
  const version = { bit_rate: 832_000, content_type: "video/mp4", url };
  const known: Readonly<Record<string, unknown>> = {
    alt_text: altText || undefined,
    url: kind === "image" ? url : undefined,
    variants: kind === "video" ? [version] : undefined,
  };
  const asked = query.get("media.fields")?.split(",") ?? [];
  return {
    media_key: mediaKey(post, index),
    type: kind === "image" ? "photo" : "video",
    ...Object.fromEntries(Object.entries(known).filter(([name]) => asked.includes(name))),
  };
}
