import { plainText } from "../../markup/plain-text.ts";
import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { type Article, articleEntity, articles, asPracticePost, keepArticle } from "./practice-articles.ts";
import { hostPage, invalidParam, nextId, objectIn, problem } from "./practice-replies.ts";
import { sanitizedSlug, uniqueSlug } from "./practice-slugs.ts";
import type { User } from "./practice-users.ts";
import { maxCharacters } from "./rules.ts";

const statuses = ["publish", "future", "draft", "pending", "private"];

// https://developer.wordpress.org/rest-api/reference/posts/#create-a-post (checked 2026-11)
export function createPost(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const given = objectIn(request);
  const refusal = refusalOf(given);
  if (refusal) return refused(request, network, refusal);
  const id = nextId(network, "post");
  const blank: Article = {
    id,
    authorId: user.id,
    status: "draft",
    slug: "",
    title: "",
    content: "",
    categories: [],
    tags: [],
    featuredMedia: 0,
    date: network.now().toISOString(),
    firstSlug: sanitizedSlug(text(given.slug) ?? ""),
  };
  const article = changed(blank, given, network);
  if (article.title === "" && article.content === "")
    return refused(request, network, problem(400, "empty_content", "Content, title, and excerpt are empty."));
  keep(article, blank, user, network);
  return { status: 201, body: articleEntity(article, network, editing(request)) };
}

// https://developer.wordpress.org/rest-api/reference/posts/#update-a-post (checked 2026-11)
export function updatePost(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const before = articles(network).get(request.params.id ?? "");
  if (!before) return refused(request, network, problem(404, "rest_post_invalid_id", "Invalid post ID."));
  if (before.authorId !== user.id)
    return refused(
      request,
      network,
      problem(403, "rest_cannot_edit", "Sorry, you are not allowed to edit this post."),
    );
  const given = objectIn(request);
  const refusal = refusalOf(given);
  if (refusal) return refused(request, network, refusal);
  const article = changed(before, given, network);
  keep(article, before, user, network);
  return { status: 200, body: articleEntity(article, network, editing(request)) };
}

/** Whether this request makes a post public: an edit of a public one does not. */
export function publishesPost(request: PracticeRequest): boolean {
  return objectIn(request).status === "publish";
}

function refusalOf(given: Readonly<Record<string, unknown>>): PracticeReply | undefined {
  const { status, categories, tags, featured_media: featured, slug } = given;
  if (status !== undefined && !statuses.includes(String(status)))
    return invalidParam("status", `status is not one of ${statuses.join(", ")}.`);
  for (const [name, ids] of Object.entries({ categories, tags }))
    if (ids !== undefined && !(Array.isArray(ids) && ids.every(Number.isInteger)))
      return invalidParam(name, `${name}[0] is not of type integer.`);
  if (featured !== undefined && !Number.isInteger(featured))
    return invalidParam("featured_media", "featured_media is not of type integer.");
  if (slug !== undefined && typeof slug !== "string")
    return invalidParam("slug", "slug is not of type string.");
  // WordPress takes any length, hosts do not: this one's is ours, so that both can be held against each other.
  if ([...plainText(text(given.content) ?? "")].length > maxCharacters)
    return hostPage(413, "Request Entity Too Large");
  return undefined;
}

function changed(
  before: Article,
  given: Readonly<Record<string, unknown>>,
  network: PracticeNetwork,
): Article {
  const status = (given.status ?? before.status) as Article["status"];
  const title = text(given.title) ?? before.title;
  const wanted = sanitizedSlug(text(given.slug) ?? before.slug);
  const becomesPublic = status === "publish" && before.status !== "publish";
  const slug = wanted === "" && status === "publish" ? sanitizedSlug(title) : wanted;
  return {
    ...before,
    status,
    title,
    slug: slug === "" && status !== "publish" ? "" : uniqueSlug(slug, before.id, network),
    content: text(given.content) ?? before.content,
    categories: (given.categories as number[] | undefined) ?? before.categories,
    tags: (given.tags as number[] | undefined) ?? before.tags,
    featuredMedia: (given.featured_media as number | undefined) ?? before.featuredMedia,
    date: becomesPublic ? network.now().toISOString() : before.date,
  };
}

/** Every post is in a category. */
function keep(article: Article, before: Article, user: User, network: PracticeNetwork): void {
  const isNew = article.status === "publish" && before.status !== "publish";
  const kept = isNew && article.categories.length === 0 ? { ...article, categories: [1] } : article;
  keepArticle(kept, network);
  const post = asPracticePost(kept, user, network);
  const shown = network.post(post.id);
  if (isNew) network.publish(post);
  else if (shown) network.edit(shown, post);
}

/** For the ledger, where it was the request that would have made it public. */
function refused(request: PracticeRequest, network: PracticeNetwork, reply: PracticeReply): PracticeReply {
  if (!publishesPost(request)) return reply;
  const known = articles(network).get(request.params.id ?? "");
  const { code } = (typeof reply.body === "object" ? reply.body : {}) as { code?: string };
  network.refuse(known ? plainText(known.content) : "", code ?? String(reply.status));
  return reply;
}

/** Fields that may be a plain text or one with `raw`. */
function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const raw = (value as { raw?: unknown } | undefined)?.raw;
  return typeof raw === "string" ? raw : undefined;
}

/** What was written is always answered as to its author. */
function editing(request: PracticeRequest): PracticeRequest {
  const query = new URLSearchParams(request.query);
  query.set("context", "edit");
  return { ...request, query };
}
