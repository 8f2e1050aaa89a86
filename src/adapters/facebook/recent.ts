import type { Call } from "../contract/adapter.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { sinceSecond } from "../families/graph-since.ts";
import { type FacebookCredentials, request } from "./api.ts";
import { photosOf } from "./photos.ts";
import { published } from "./urls.ts";

type Facebook = Call<FacebookCredentials>;
type Photos = Awaited<ReturnType<typeof photosOf>>;

/** https://developers.facebook.com/docs/graph-api/reference/page/feed (checked 2026-11), as far as we use it */
interface Post {
  readonly id: string;
  /** Left out where there is none. */
  readonly message?: string;
  readonly created_time: string;
  readonly permalink_url?: string;
  /** Who sees it: `EVERYONE`, or fewer. */
  readonly privacy?: { readonly value?: string };
  /** Taken off the page's timeline by its people. */
  readonly is_hidden?: boolean;
  /** Of a post that passes on another one. */
  readonly parent_id?: string;
  readonly attachments?: { readonly data: readonly Attachment[] };
}

/** https://developers.facebook.com/docs/graph-api/reference/story-attachment (checked 2026-11) */
interface Attachment {
  /** `photo`, `video`, `album`, `link` … */
  readonly media_type?: string;
  /** Where a link leads, without Facebook's detour. */
  readonly unshimmed_url?: string;
  readonly media?: { readonly image?: { readonly src?: string }; readonly source?: string };
  readonly target?: { readonly id?: string };
  readonly subattachments?: { readonly data: readonly Attachment[] };
}

const part = "media_type,unshimmed_url,media,target";
const fields = `id,message,created_time,permalink_url,parent_id,privacy,is_hidden,attachments{${part},subattachments{${part}}}`;

/** The page's own posts that everybody can see; comments are no posts. Photos tell their alt text only when they are asked themselves. */
export async function recent(since: Date, call: Facebook): Promise<readonly SourcePost[]> {
  const { data } = await request<{ readonly data: readonly Post[] }>(call, {
    method: "GET",
    path: `${call.account.externalId}/published_posts`,
    query: { fields, since: String(Math.floor(since.getTime() / 1000)), limit: "100" },
  });
  const posts = data.filter((post) => sinceSecond(post.created_time, since) && isForAll(post));
  const photos = await photosOf(posts.flatMap(partsOf).flatMap(photoId), call);
  return posts.map((post) => sourcePost(post, photos, call));
}

/** What its people show to some only is not to be shared with all. */
function isForAll({ privacy, is_hidden: isHidden }: Post): boolean {
  return isHidden !== true && ["", "EVERYONE"].includes(privacy?.value ?? "");
}

function sourcePost(post: Post, photos: Photos, call: Facebook): SourcePost {
  return {
    externalId: idOf(post),
    externalUrl: published(post.id, post.permalink_url, call).externalUrl,
    text: post.message ?? "",
    link: partsOf(post).find(({ media_type }) => media_type === "link")?.unshimmed_url ?? null,
    media: partsOf(post).flatMap((each) => fileOf(each, photos)),
    language: null,
    createdAt: new Date(post.created_time),
    isReply: false,
    isRepost: post.parent_id !== undefined,
  };
}

/** We know a video that we published by its own id, not by that of the post around it. */
function idOf(post: Post): string {
  const [only, another] = partsOf(post);
  return (!another && only?.media_type === "video" && only.target?.id) || post.id;
}

/** An album's photos stand below it. */
function partsOf({ attachments }: Post): readonly Attachment[] {
  return (attachments?.data ?? []).flatMap((one) => one.subattachments?.data ?? [one]);
}

function photoId({ media_type: type, target }: Attachment): readonly string[] {
  return type === "photo" && target?.id ? [target.id] : [];
}

function fileOf(attachment: Attachment, photos: Photos): SourcePost["media"] {
  const { media_type: type, media, target } = attachment;
  if (type === "video") return [{ url: media?.source || null, kind: "video", altText: "" }];
  const photo = photos.get(target?.id ?? "");
  const url = photo?.images?.[0]?.source ?? media?.image?.src;
  return type === "photo" ? [{ url: url || null, kind: "image", altText: photo?.alt_text_custom ?? "" }] : [];
}
