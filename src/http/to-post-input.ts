import type { z } from "zod";
import type { PostInput } from "../publishing/schedule-post.ts";
import type { newPost } from "./schemas/posts.ts";

/** The request's flat body as the use cases take it. */
export function toPostInput({ dueAt, onIssue, ...content }: z.output<typeof newPost>): PostInput {
  return { content, dueAt, onIssue };
}
