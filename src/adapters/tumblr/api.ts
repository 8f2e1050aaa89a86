import type { Call, HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { classify } from "./errors.ts";

// Plain requests: tumblr.js speaks OAuth 1 only, drops the error codes, and brings an HTTP client of its own.

export interface TumblrCredentials {
  /** An OAuth 2 access token. */
  readonly accessToken: string;
  /** Which of the login's blogs is meant: its name, address or id. Absent: the primary one. */
  readonly blog?: string;
}

export type TumblrCall = Call<TumblrCredentials>;

/** Required, and always the same: an app that varies it may be suspended. https://www.tumblr.com/docs/en/api/v2#request-user-agent (checked 2026-11) */
export const userAgent = "Clarion (self-hosted post scheduler)";

// https://www.tumblr.com/docs/en/api/v2 (checked 2026-11), as far as we use it
export interface Blog {
  readonly uuid: string;
  readonly name: string;
  readonly title?: string;
  readonly url?: string;
  readonly primary?: boolean;
}

export interface NewPost {
  readonly id: string;
  /** `transcoding` while it is not public yet. */
  readonly state?: string;
}

export interface ShownPost {
  /** Post ids have 64 bits; only this spelling of them is exact. */
  readonly id_string: string;
  /** The id it had before it was public, where that was another. */
  readonly genesis_post_id?: string;
  readonly post_url?: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly state?: string;
  readonly content: readonly ShownBlock[];
  readonly layout?: readonly { readonly type?: string }[];
  /** What a reblog passes on. */
  readonly trail?: readonly unknown[];
  readonly parent_post_url?: string;
}

/** A block of any type; the fields of those we look at. */
export interface ShownBlock {
  readonly type: string;
  readonly subtype?: string;
  readonly text?: string;
  readonly formatting?: readonly {
    readonly start: number;
    readonly end: number;
    readonly type: string;
    readonly url?: string;
  }[];
  readonly url?: string;
  readonly provider?: string;
  readonly alt_text?: string;
  /** Pictures: in several sizes, the widest first. Video: one. */
  readonly media?: ShownMedia | readonly ShownMedia[];
}

interface ShownMedia {
  readonly url?: string;
}

/** One's own, with all that an edit has to send again. */
export interface OwnPost {
  readonly content: readonly ShownBlock[];
  readonly state?: string;
  /** When it was published, as Tumblr writes it. */
  readonly date?: string;
  readonly tags?: readonly string[];
  readonly slug?: string;
  readonly source_url?: string;
  /** Where the other leads, without Tumblr's detour. */
  readonly source_url_raw?: string;
  readonly interactability_reblog?: string;
}

export interface Notes {
  readonly total_likes?: number;
  readonly total_reblogs?: number;
}

/** https://www.tumblr.com/docs/en/api/v2#posts---createreblog-a-post-neue-post-format (checked 2026-11) */
export async function createPost(call: TumblrCall, init: RequestInit): Promise<NewPost> {
  const post = await request<NewPost>(call, `${blogPath(call)}/posts`, { ...init, method: "POST" });
  if (typeof post.id !== "string" || !/^\d{1,20}$/.test(post.id)) throw unreadable();
  return post;
}

/** https://www.tumblr.com/docs/en/api/v2#postspost-id---fetching-a-post-neue-post-format (checked 2026-11) */
export async function readOwnPost(call: TumblrCall, id: string): Promise<OwnPost> {
  const post = await request<Partial<OwnPost>>(call, `${postPath(call, id)}?post_format=npf`);
  if (!Array.isArray(post.content)) throw unreadable();
  return post as OwnPost;
}

/** https://www.tumblr.com/docs/en/api/v2#postspost-id---editing-a-post-neue-post-format (checked 2026-11) */
export async function changePost(call: TumblrCall, id: string, body: object): Promise<void> {
  await request(call, postPath(call, id), {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

export interface ShownPosts {
  readonly posts: readonly ShownPost[];
  /** Of all pages; undefined where it was not told. */
  readonly total: number | undefined;
}

/** Newest first. https://www.tumblr.com/docs/en/api/v2#posts--retrieve-published-posts (checked 2026-11) */
export async function readPosts(call: TumblrCall, query: URLSearchParams): Promise<ShownPosts> {
  const answer = await request<{ posts?: unknown; total_posts?: unknown }>(
    call,
    `${blogPath(call)}/posts?${query}`,
  );
  const { posts, total_posts: total } = answer;
  if (!Array.isArray(posts) || !posts.every(isPost)) throw unreadable();
  return { posts, total: typeof total === "number" ? total : undefined };
}

/** https://www.tumblr.com/docs/en/api/v2#notes---get-notes-for-a-specific-post (checked 2026-11) */
export async function readNotes(call: TumblrCall, id: string): Promise<Notes> {
  const query = new URLSearchParams({ id, mode: "conversation" });
  return request<Notes>(call, `${blogPath(call)}/notes?${query}`);
}

/** https://www.tumblr.com/docs/en/api/v2#postdelete--delete-a-post (checked 2026-11) */
export async function deletePost(call: TumblrCall, id: string): Promise<void> {
  const body = new URLSearchParams({ id }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const response = await exchange(call, `${blogPath(call)}/post/delete`, { method: "POST", headers, body });
  await response.text().catch(() => ""); // read all the same, so that the connection can be used again
}

/** The blogs this login may post to. https://www.tumblr.com/docs/en/api/v2#userinfo--get-a-users-information (checked 2026-11) */
export async function readBlogs(call: TumblrCall): Promise<readonly Blog[]> {
  const { user } = await request<{ user?: { blogs?: unknown } }>(call, "/user/info");
  if (!Array.isArray(user?.blogs)) throw unreadable();
  return user.blogs as Blog[];
}

export function unreadable(): PublishError {
  return new PublishError("unavailable", "Tumblr gave an answer we could not read", {
    code: "unreadable_answer",
  });
}

/** The colon of a blog's id (`t:…`) stays a colon, as in Tumblr's own examples. */
function blogPath({ account }: TumblrCall): string {
  return `/blog/${encodeURIComponent(account.externalId).replace("%3A", ":")}`;
}

function postPath(call: TumblrCall, id: string): string {
  return `${blogPath(call)}/posts/${encodeURIComponent(id)}`;
}

/** What stands in the `response` of Tumblr's envelope. */
async function request<T extends object>(call: TumblrCall, path: string, init: RequestInit = {}): Promise<T> {
  const answer = await readJson<{ response?: T } | null>(await exchange(call, path, init), "Tumblr");
  const response = answer?.response;
  if (typeof response !== "object" || response === null) throw unreadable();
  return response;
}

async function exchange(call: TumblrCall, path: string, init: RequestInit): Promise<HttpAnswer> {
  const headers = {
    ...init.headers,
    authorization: `Bearer ${call.credentials.accessToken}`,
    "user-agent": userAgent,
  };
  const response = await send(call, "Tumblr", `${call.baseUrl.api}/v2${path}`, { ...init, headers });
  if (!response.ok) throw await classify(response, call.now());
  return response;
}

function isPost(value: unknown): value is ShownPost {
  const post = value as Partial<ShownPost> | null;
  return (
    typeof post?.id_string === "string" && typeof post.timestamp === "number" && Array.isArray(post.content)
  );
}
