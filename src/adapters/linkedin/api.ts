import { PublishError } from "../contract/publish-error.ts";
import { type LinkedInCall, readElements, readObject, request, unreadable } from "./request.ts";
import { commentIn, encoded } from "./urns.ts";

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (checked 2026-11) */
export interface NewPost {
  readonly author: string;
  /** Little text. */
  readonly commentary: string;
  readonly visibility: string;
  readonly distribution: {
    readonly feedDistribution: "MAIN_FEED";
    readonly targetEntities: readonly [];
    readonly thirdPartyDistributionChannels: readonly [];
  };
  readonly content?: Content;
  readonly lifecycleState: "PUBLISHED";
  readonly isReshareDisabledByAuthor: false;
}

export interface Content {
  readonly article?: { readonly source: string; readonly title: string };
  readonly media?: { readonly id: string; readonly altText?: string; readonly title?: string };
  readonly multiImage?: { readonly images: readonly { readonly id: string; readonly altText?: string }[] };
}

/** As far as we use it. */
export interface Post {
  readonly id: string;
  readonly author: string;
  /** Little text. */
  readonly commentary?: string;
  readonly lifecycleState?: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly publishedAt?: number;
  readonly content?: Content;
  readonly reshareContext?: unknown;
}

/** Its text is plain. https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api (checked 2026-11) */
export interface Comment {
  readonly commentUrn?: string;
  /** The same, as other answers call it. */
  readonly $URN?: string;
  readonly actor?: string;
  readonly message?: { readonly text?: string };
  readonly created?: { readonly time?: number };
}

/** @returns the post's URN, which LinkedIn tells in a header only */
export async function createPost(call: LinkedInCall, post: NewPost): Promise<string> {
  const response = await request(call, { method: "POST", path: "/rest/posts", json: post });
  await response.text().catch(() => ""); // empty, and read so that the connection can be used again
  const urn = (response.headers.get("x-restli-id") ?? "").replaceAll("%3A", ":");
  if (!/^urn:li:\w+:[\w-]+$/.test(urn)) throw unreadable(response.status);
  return urn;
}

/** @returns the comment's URN */
export async function createComment(call: LinkedInCall, thread: string, text: string): Promise<string> {
  const response = await request(call, {
    method: "POST",
    path: `/rest/socialActions/${encoded(thread)}/comments`,
    json: { actor: call.account.externalId, object: thread, message: { text } },
  });
  const urn = urnOf(await readObject<Comment>(response));
  if (!commentIn(urn)) throw unreadable(response.status);
  return urn;
}

export function urnOf({ commentUrn, $URN }: Comment): string {
  return commentUrn ?? $URN ?? "";
}

/** @returns undefined where there is no such post (any more) */
export async function readPost(call: LinkedInCall, urn: string): Promise<Post | undefined> {
  try {
    const path = `/rest/posts/${encoded(urn)}`;
    const response = await request(call, { method: "GET", path, query: "viewContext=AUTHOR" });
    return checked([await readObject<Post>(response)])[0];
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

export const pageSize = 100;

/** A page's own posts, newest first. */
export async function listPosts(call: LinkedInCall, start: number): Promise<readonly Post[]> {
  const author = encoded(call.account.externalId);
  const query = `q=author&author=${author}&start=${start}&count=${pageSize}&sortBy=CREATED`;
  const asked = { method: "GET", path: "/rest/posts", query, restliMethod: "FINDER" } as const;
  return checked(await readElements<Post>(await request(call, asked)));
}

export async function listComments(
  call: LinkedInCall,
  thread: string,
  start: number,
): Promise<readonly Comment[]> {
  const path = `/rest/socialActions/${encoded(thread)}/comments`;
  const query = `start=${start}&count=${pageSize}`;
  return readElements<Comment>(await request(call, { method: "GET", path, query }));
}

/** What is gone already is fine. */
export async function deletePost(externalId: string, call: LinkedInCall): Promise<void> {
  const comment = commentIn(externalId);
  const path = comment
    ? `/rest/socialActions/${encoded(comment.thread)}/comments/${comment.id}`
    : `/rest/posts/${encoded(externalId)}`;
  const query = comment ? `actor=${encoded(call.account.externalId)}` : "";
  try {
    const response = await request(call, { method: "DELETE", path, query, restliMethod: "DELETE" });
    await response.text().catch(() => "");
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

export function isGone(error: unknown): boolean {
  return error instanceof PublishError && error.detail.code === "not_found";
}

/** A list that is not what it should be must not pass for one without our post. */
function checked(posts: readonly Post[]): readonly Post[] {
  const isPost = (post: Partial<Post> | null) =>
    typeof post?.id === "string" && typeof post.author === "string" && typeof post.createdAt === "number";
  if (!posts.every(isPost)) throw unreadable(200);
  return posts;
}
