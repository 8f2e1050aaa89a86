import type { Variant } from "../../domain/post.ts";
import { asPostGone } from "../contract/post-gone.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type Comment, json, type Post, requestEntity, unreadable, type WordPressCall } from "./api.ts";
import { contentKeepingFiles } from "./body.ts";
import { commentHtml } from "./comment-html.ts";
import { escapeHtml } from "./markup.ts";
import { commentIdOf, pathOf } from "./outcome.ts";

interface Article extends Post {
  readonly content?: { readonly raw?: string };
}

/**
 * Title and text as `publish` writes them; the featured picture, the files, the address and the rest stay.
 * https://developer.wordpress.org/rest-api/reference/posts/#update-a-post (checked 2026-11)
 * @throws PublishError; `post_gone` for what lies in the bin too
 */
export async function edit(externalId: string, variant: Variant, call: WordPressCall): Promise<void> {
  const path = pathOf(externalId);
  try {
    const changes =
      commentIdOf(externalId) === undefined
        ? await articleChanges(path, variant, call)
        : await commentChanges(path, variant, call);
    await requestEntity<Post>(call, path, json(changes));
  } catch (error) {
    throw asPostGone(error, "WordPress");
  }
}

async function articleChanges(path: string, variant: Variant, call: WordPressCall): Promise<object> {
  const fields = "context=edit&_fields=id,status,content";
  const { status, content } = await requestEntity<Article>(call, `${path}?${fields}`);
  if (isBinned(status)) throw inTheBin();
  if (typeof content?.raw !== "string") throw unreadable(200); // its files would be lost
  const { title } = variant.options;
  return {
    content: contentKeepingFiles(variant, content.raw),
    ...(typeof title === "string" && { title: escapeHtml(title) }),
  };
}

/** https://developer.wordpress.org/rest-api/reference/comments/#update-a-comment (checked 2026-11) */
async function commentChanges(path: string, variant: Variant, call: WordPressCall): Promise<object> {
  const { status } = await requestEntity<Comment>(call, `${path}?_fields=id,status`);
  if (isBinned(status)) throw inTheBin();
  return { content: commentHtml(variant) };
}

/** By itself, or with the post it stands below. */
function isBinned(status: string): boolean {
  return status === "trash" || status === "post-trashed";
}

function inTheBin(): PublishError {
  return new PublishError("invalid", "WordPress no longer has this", { code: "not_found" });
}
