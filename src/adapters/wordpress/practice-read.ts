import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import {
  type Article,
  articleBySlug,
  articleEntity,
  articles,
  forgetArticle,
  keepArticle,
} from "./practice-articles.ts";
import { pageOf, picked, problem } from "./practice-replies.ts";
import type { User } from "./practice-users.ts";

// https://developer.wordpress.org/rest-api/reference/posts/#list-posts (checked 2026-11)
export function listPosts(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const { query } = request;
  const status = query.get("status") ?? "publish";
  const slugs = query.get("slug")?.split(",");
  const author = query.get("author");
  const after = query.get("after");
  const isMine = (article: Article) => article.authorId === user.id;
  const named = slugs?.flatMap((slug) => articleBySlug(slug, network) ?? []);
  const found = (
    named ??
    articles(network)
      .list()
      .map(([, article]) => article)
  )
    .filter((article) => (status === "any" ? article.status !== "trash" : article.status === status))
    .filter((article) => article.status === "publish" || isMine(article))
    .filter((article) => query.get("context") !== "edit" || isMine(article))
    .filter(({ authorId }) => author === null || String(authorId) === author)
    .filter(({ date }) => after === null || Date.parse(date) > Date.parse(after))
    .sort((a, b) => Date.parse(b.date) - Date.parse(a.date) || b.id - a.id);
  return pageOf(found, request, (article) => articleEntity(article, network, request));
}

export function getPost(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const article = articles(network).get(request.params.id ?? "");
  if (!article) return problem(404, "rest_post_invalid_id", "Invalid post ID.");
  if (article.authorId !== user.id && request.query.get("context") === "edit")
    return problem(403, "rest_forbidden_context", "Sorry, you are not allowed to edit this post.");
  if (article.authorId !== user.id && article.status !== "publish")
    return problem(403, "rest_forbidden", "Sorry, you are not allowed to do that.");
  return { status: 200, body: picked(articleEntity(article, network, request), request) };
}

// https://developer.wordpress.org/rest-api/reference/posts/#delete-a-post (checked 2026-11)
export function deletePost(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const article = articles(network).get(request.params.id ?? "");
  if (!article) return problem(404, "rest_post_invalid_id", "Invalid post ID.");
  if (article.authorId !== user.id)
    return problem(403, "rest_user_cannot_delete_post", "Sorry, you are not allowed to delete this post.");
  const previous = articleEntity(article, network, request);
  network.remove(String(article.id));
  if (request.query.get("force") === "true") {
    forgetArticle(article.id, network);
    return { status: 200, body: { deleted: true, previous } };
  }
  if (article.status === "trash")
    return problem(410, "rest_already_trashed", "The post has already been deleted.");
  const trashed: Article = { ...article, status: "trash", slug: `${article.slug}__trashed` };
  keepArticle(trashed, network);
  return { status: 200, body: articleEntity(trashed, network, request) };
}

/** A post's address leads to its page here. */
export function toPostPage({ params }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const slug = encodeURIComponent(params.slug ?? "").toLowerCase();
  const id = articleBySlug(slug, network)?.id ?? params.slug ?? "";
  return { status: 302, headers: { location: `${network.baseUrl}/posts/${encodeURIComponent(id)}` } };
}
