import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { type PracticeUser, usersOf } from "./practice-access.ts";
import { commentThing } from "./practice-comments.ts";
import { jsonError, plainError } from "./practice-errors.ts";
import { pathOf } from "./practice-submit.ts";
import { subredditNamed } from "./practice-subreddits.ts";

export const removedOf = (network: PracticeNetwork) => network.collection<PracticePost>("removed");

/** GET /user/:name/submitted and /comments: newest first; one's own with what was removed. */
export function listMade(what: "submitted" | "comments") {
  return (
    user: PracticeUser,
    { params, query }: PracticeRequest,
    network: PracticeNetwork,
  ): PracticeReply => {
    const wanted = (params.name ?? "").toLowerCase();
    const owner = usersOf(network)
      .list()
      .find(([, { name }]) => name.toLowerCase() === wanted)?.[1];
    if (!owner) return plainError(404);
    const removed =
      owner.id === user.id
        ? removedOf(network)
            .list()
            .map(([, post]) => post)
        : [];
    const all = [...network.posts(owner.id), ...removed.filter((post) => post.accountId === owner.id)]
      .filter(({ id }) => id.startsWith(what === "comments" ? "t1_" : "t3_"))
      .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
    const start = all.findIndex(({ id }) => id === query.get("after")) + 1;
    const page = all.slice(start, start + Math.min(Number(query.get("limit") ?? 25), 100));
    const last = page.at(-1)?.id ?? null;
    return listing(page, start + page.length < all.length ? last : null, network);
  };
}

/** GET /api/info: what is not there is left out. */
export function info(
  user: PracticeUser,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const ids = (query.get("id") ?? "").split(",");
  const found = ids.flatMap((id) => network.post(id) ?? ownRemoved(id, user, network) ?? []);
  return listing(found, null, network);
}

/** GET /r/:sr/about. What does not exist is searched for. */
export function about(
  user: PracticeUser,
  { params }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { sr = "" } = params;
  const subreddit = subredditNamed(sr, user.name);
  if (!subreddit)
    return {
      status: 302,
      headers: { location: `${network.baseUrl}/subreddits/search?q=${encodeURIComponent(sr)}` },
    };
  const { closed } = subreddit;
  if (closed === "private") return plainError(403, "private");
  if (closed === "banned") return plainError(404, "banned");
  const data = {
    display_name: subreddit.name,
    title: subreddit.name,
    subreddit_type: closed === "restricted" ? "restricted" : "public",
    submission_type: subreddit.submissionType,
    allow_images: subreddit.images,
    allow_videos: subreddit.videos,
    allow_galleries: subreddit.galleries,
    restrict_posting: true,
    user_is_banned: closed === "user_banned",
    user_is_contributor: false,
    user_is_moderator: false,
    over18: false,
  };
  return { status: 200, body: { kind: "t5", data } };
}

/** GET /api/v1/:sr/post_requirements */
export function requirements(user: PracticeUser, { params }: PracticeRequest): PracticeReply {
  const subreddit = subredditNamed(params.sr ?? "", user.name);
  if (!subreddit || subreddit.closed === "banned") return plainError(404);
  if (subreddit.closed === "private") return plainError(403, "private");
  return {
    status: 200,
    body: {
      is_flair_required: false,
      title_text_min_length: null,
      title_text_max_length: null,
      title_required_strings: [],
      title_blacklisted_strings: [],
      title_regexes: [],
      body_restriction_policy: "none",
      body_text_min_length: null,
      body_text_max_length: null,
      body_required_strings: [],
      body_blacklisted_strings: [],
      body_regexes: [],
      link_restriction_policy: "none",
      domain_whitelist: [],
      domain_blacklist: [],
      gallery_min_items: null,
      gallery_max_items: null,
      link_repost_age: null,
      ...subreddit.requirements,
    },
  };
}

/** POST /r/:sr/api/flairselector */
export function flairs(user: PracticeUser, { params }: PracticeRequest): PracticeReply {
  const subreddit = subredditNamed(params.sr ?? "", user.name);
  if (!subreddit || subreddit.closed) return plainError(403);
  const choices = subreddit.flairs.map(({ id, text }) => ({
    flair_template_id: id,
    flair_text: text,
    flair_text_editable: false,
    flair_css_class: "",
    flair_position: "left",
  }));
  return { status: 200, body: { current: { flair_template_id: null }, choices } };
}

/** POST /api/del: yes to what is gone already, no to what is another's. */
export function remove(
  user: PracticeUser,
  { fields }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { id = "" } = fields;
  const post = network.post(id);
  if (post && post.accountId !== user.id) return jsonError("NOT_AUTHOR", "you can't do that", "id");
  if (ownRemoved(id, user, network)) removedOf(network).delete(id);
  network.remove(id);
  return { status: 200, body: {} };
}

export function ownRemoved(
  id: string,
  user: PracticeUser,
  network: PracticeNetwork,
): PracticePost | undefined {
  const post = removedOf(network).get(id);
  return post?.accountId === user.id ? post : undefined;
}

function listing(
  posts: readonly PracticePost[],
  after: string | null,
  network: PracticeNetwork,
): PracticeReply {
  const children = posts.map((post) => thingOf(post, network));
  return {
    status: 200,
    body: { kind: "Listing", data: { after, before: null, dist: posts.length, children } },
  };
}

export function thingOf(post: PracticePost, network: PracticeNetwork): object {
  return post.id.startsWith("t1_") ? commentThing(post) : postThing(post, network);
}

function postThing(post: PracticePost, network: PracticeNetwork) {
  const { id, extra, media, link, accountId, handle, createdAt } = post;
  const { kind = "self" } = extra;
  const [file] = media;
  const isHosted = kind === "image" || kind === "video";
  const replies = usersOf(network)
    .list()
    .flatMap(([userId]) => network.posts(userId))
    .filter((each) => each.extra.linkId === id);
  return {
    kind: "t3",
    data: {
      id: id.slice(3),
      name: id,
      title: extra.title,
      subreddit: extra.subreddit,
      author: handle,
      author_fullname: `t2_${accountId}`,
      selftext: extra.markdown ?? "",
      url: link ?? (isHosted ? file?.url : `${network.baseUrl}${pathOf(post)}`),
      permalink: pathOf(post),
      created_utc: Date.parse(createdAt) / 1000,
      edited: extra.editedAt === undefined ? false : Date.parse(extra.editedAt) / 1000,
      is_self: kind === "self",
      is_video: kind === "video",
      is_reddit_media_domain: isHosted,
      ...(kind === "image" && { post_hint: "image" }),
      ...(kind === "video" && { media: { reddit_video: { fallback_url: file?.url } } }),
      ...(kind === "gallery" && gallery(post)),
      over_18: extra.nsfw === "true",
      link_flair_text: extra.flair || null,
      removed_by_category: removedOf(network).get(id) ? "automod_filtered" : null,
      score: 1,
      ups: 1,
      upvote_ratio: 1,
      num_comments: replies.length,
      view_count: null,
    },
  };
}

function gallery({ media, extra }: PracticePost) {
  const ids = (extra.assetIds ?? "").split(" ");
  return {
    is_gallery: true,
    gallery_data: {
      items: media.map(({ altText }, index) => ({ media_id: ids[index], caption: altText, id: index })),
    },
    media_metadata: Object.fromEntries(
      media.map(({ url }, index) => [ids[index], { status: "valid", e: "Image", s: { u: url } }]),
    ),
  };
}
