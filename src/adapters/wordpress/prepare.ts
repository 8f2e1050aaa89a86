import type { Options, Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { json, type Post, request, requestEntity, requestList, type WordPressCredentials } from "./api.ts";
import { contentOf, featuredOf } from "./body.ts";
import { escapeHtml } from "./markup.ts";
import { slugOf } from "./slug.ts";
import { categoryIds, tagIds } from "./terms.ts";
import { uploadAll } from "./upload.ts";

type WordPress = PrepareCall<WordPressCredentials>;

const never = "9999-12-31T00:00:00.000Z";

/** Uploads the files and makes a draft that only waits to be published; `values` holds its id. */
export async function prepare(variant: Variant, call: WordPress): Promise<Prepared> {
  if (variant.role !== "post") return { values: {}, expiresAt: never };
  if (call.soFar?.values.postId) return call.soFar;
  const categories = await categoryIds(list(variant.options, "categories"), call);
  const tags = await tagIds(list(variant.options, "tags"), call);
  const uploads = await uploadAll(variant.media, call);
  const postId = await saveDraft(call, {
    title: escapeHtml(String(variant.options.title ?? "")),
    content: contentOf(variant, uploads),
    categories,
    tags,
    featured_media: featuredOf(uploads)?.id ?? 0,
  });
  return { values: { postId: String(postId) }, expiresAt: never };
}

function list(options: Options, name: string): readonly string[] {
  const value = options[name];
  return Array.isArray(value) ? value : [];
}

/**
 * WordPress makes a second draft of the same slug without a word, so we look first: an earlier try may have made one
 * whose answer was lost, or for words that were edited since.
 * https://developer.wordpress.org/rest-api/reference/posts/ (checked 2026-11)
 */
async function saveDraft(call: WordPress, content: Readonly<Record<string, unknown>>): Promise<number> {
  const slug = slugOf(call.deliveryKey);
  const [known] = await requestList<Post>(
    call,
    `/posts?slug=${encodeURIComponent(slug)}&status=any&context=edit&_fields=id,status`,
  );
  if (!known)
    return (await requestEntity<Post>(call, "/posts", json({ ...content, slug, status: "draft" }))).id;
  if (known.status === "draft") await request(call, `/posts/${known.id}`, json(content));
  return known.id;
}
