import { listPosts, type Post, pageSize } from "./api.ts";
import type { LinkedInCall } from "./request.ts";

/**
 * What a page posted since then, newest first.
 * @returns `isWhole` false where there was more than we were willing to read
 */
export async function postsSince(
  since: Date,
  maxPages: number,
  call: LinkedInCall,
): Promise<{ readonly posts: readonly Post[]; readonly isWhole: boolean }> {
  const posts: Post[] = [];
  for (let page = 0; page < maxPages; page++) {
    const found = await listPosts(call, page * pageSize);
    posts.push(...found.filter((post) => publishedAt(post) >= since));
    const oldest = found.at(-1)?.createdAt ?? 0;
    if (found.length < pageSize || oldest < since.getTime()) return { posts, isWhole: true };
  }
  return { posts, isWhole: false };
}

export function publishedAt({ publishedAt, createdAt }: Post): Date {
  return new Date(publishedAt ?? createdAt);
}
