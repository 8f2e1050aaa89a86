import type { z } from "zod";
import type { LinkedInput } from "../links/along-links.ts";
import type { newPost } from "./schemas/posts.ts";

/** The request's flat body as the use cases take it. */
export function toPostInput({
  dueAt,
  onIssue,
  linkedFrom,
  ...content
}: z.output<typeof newPost>): LinkedInput {
  return { content, dueAt, onIssue, linkedFrom };
}
