import { get, type RedditCall } from "./api.ts";
import { unreadable } from "./errors.ts";

/** Reddit gives a hundred at a time and a thousand in all. https://www.reddit.com/dev/api#listings (checked 2026-11) */
const pageSize = 100;
const maxPages = 10;

export interface Made {
  /** With its kind: `t3_…`, `t1_…`. */
  readonly name: string;
  /** Seconds since 1970. */
  readonly created_utc: number;
}

/** A post as Reddit lists it, as far as we look. */
export interface Post extends Made {
  readonly title: string;
  readonly author?: string;
  readonly subreddit: string;
  /** `public`, `restricted`, `user`, `archived`; `private` and others where not everybody may read. */
  readonly subreddit_type?: string;
  readonly selftext?: string;
  readonly url?: string;
  readonly permalink?: string;
  readonly is_self?: boolean;
  readonly is_video?: boolean;
  readonly is_gallery?: boolean;
  readonly is_reddit_media_domain?: boolean;
  readonly post_hint?: string;
  /** Null while it is there for all to see. */
  readonly removed_by_category?: string | null;
  readonly crosspost_parent?: string;
  readonly ups?: number;
  readonly num_comments?: number;
  readonly gallery_data?: {
    readonly items?: readonly { readonly media_id: string; readonly caption?: string }[];
  } | null;
  readonly media_metadata?: Readonly<
    Record<string, { readonly s?: { readonly u?: string; readonly gif?: string } }>
  > | null;
  readonly media?: { readonly reddit_video?: { readonly fallback_url?: string } } | null;
}

export interface OwnComment extends Made {
  readonly body: string;
  readonly parent_id: string;
  readonly permalink?: string;
}

/**
 * What the account made since then, newest first.
 * @returns undefined where Reddit does not show all of it
 */
export async function madeSince<T extends Made>(
  what: "submitted" | "comments",
  since: Date,
  call: RedditCall,
): Promise<T[] | undefined> {
  const found: T[] = [];
  let after: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const path = `/user/${encodeURIComponent(call.account.handle)}/${what}`;
    const { things, next } = await readPage<T>(call, path, {
      sort: "new",
      limit: String(pageSize),
      ...(after !== undefined && { after }),
    });
    const fresh = things.filter(({ created_utc: at }) => at * 1000 >= since.getTime());
    found.push(...fresh);
    if (next === undefined || fresh.length === 0) return found;
    after = next;
  }
  return undefined;
}

/** @returns undefined where Reddit does not show it */
export async function thing<T extends Made>(fullname: string, call: RedditCall): Promise<T | undefined> {
  return (await readPage<T>(call, "/api/info", { id: fullname })).things[0];
}

export async function readPage<T extends Made>(
  call: RedditCall,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<{ readonly things: readonly T[]; readonly next: string | undefined }> {
  const { kind, data } = await get<{ kind?: unknown; data?: { children?: unknown; after?: unknown } }>(
    call,
    path,
    query,
  );
  if (kind !== "Listing" || !Array.isArray(data?.children)) throw unreadable();
  const things = data.children.map((child: { data?: T }) => child.data);
  if (
    !things.every((each): each is T => typeof each?.name === "string" && typeof each.created_utc === "number")
  )
    throw unreadable();
  return { things, next: typeof data.after === "string" ? data.after : undefined };
}
