import { attributeOf, decodeEntities } from "../../markup/entities.ts";
import { plainText } from "../../markup/plain-text.ts";
import type {
  PracticeCollection,
  PracticeNetwork,
  PracticePost,
  PracticeRequest,
} from "../../practice/kit.ts";
import { type Attachment, attachmentNamed, attachments } from "./practice-attachments.ts";
import { asShown } from "./practice-shown.ts";
import { categories, type Term, tagsOf } from "./practice-term-list.ts";
import type { User } from "./practice-users.ts";
import { slugPrefix } from "./slug.ts";

/** What WordPress calls a post, public or not. */
export interface Article {
  readonly id: number;
  readonly authorId: number;
  readonly status: "draft" | "pending" | "private" | "publish" | "trash";
  readonly slug: string;
  readonly title: string;
  /** As the editor saves it. */
  readonly content: string;
  readonly categories: readonly number[];
  readonly tags: readonly number[];
  readonly featuredMedia: number;
  /** Of a draft: when it was made; of others: when they became public. ISO 8601. */
  readonly date: string;
  /** What it was first called: that is where a delivery's key stands. */
  readonly firstSlug: string;
}

export function articles(network: PracticeNetwork): Pick<PracticeCollection<Article>, "get" | "list"> {
  return network.collection("articles");
}

/** Keeps an article, and who has which name: the bin gives names free. */
export function keepArticle(article: Article, network: PracticeNetwork): void {
  const names = network.collection<number>("slugs");
  forgetArticle(article.id, network);
  if (article.slug !== "" && article.status !== "trash") names.put(article.slug, article.id);
  network.collection<Article>("articles").put(String(article.id), article);
}

export function forgetArticle(id: number, network: PracticeNetwork): void {
  const known = articles(network).get(String(id));
  if (!known) return;
  const names = network.collection<number>("slugs");
  if (names.get(known.slug) === id) names.delete(known.slug);
  network.collection<Article>("articles").delete(String(id));
}

export function articleBySlug(slug: string, network: PracticeNetwork): Article | undefined {
  const id = network.collection<number>("slugs").get(slug);
  return id === undefined ? undefined : articles(network).get(String(id));
}

// https://developer.wordpress.org/rest-api/reference/posts/#schema (checked 2026-11)
export function articleEntity(
  article: Article,
  network: PracticeNetwork,
  { query }: PracticeRequest,
): Readonly<Record<string, unknown>> {
  const { id, status, slug, title, content, date } = article;
  const isEdit = query.get("context") === "edit";
  const file = attachments(network).get(String(article.featuredMedia));
  return {
    id,
    status,
    slug,
    date: date.slice(0, 19),
    date_gmt: date.slice(0, 19),
    type: "post",
    link: linkOf(article, network),
    title: { ...(isEdit && { raw: title }), rendered: asShown(title) },
    content: { ...(isEdit && { raw: content }), rendered: asShown(content), protected: false },
    author: article.authorId,
    featured_media: article.featuredMedia,
    comment_status: "open",
    categories: article.categories,
    tags: article.tags,
    ...(query.has("_embed") &&
      file && { _embedded: { "wp:featuredmedia": [{ source_url: file.url, alt_text: file.altText }] } }),
  };
}

/** Day and name, WordPress's usual address; drafts have none of their own yet. */
export function linkOf({ id, status, slug, date }: Article, { baseUrl }: PracticeNetwork): string {
  if (status !== "publish") return `${baseUrl}/?p=${id}`;
  return `${baseUrl}/${date.slice(0, 10).replaceAll("-", "/")}/${slug}/`;
}

/** The post as a reader sees it: the featured picture above, then the text with its files. */
export function asPracticePost(article: Article, user: User, network: PracticeNetwork): PracticePost {
  const featured = attachments(network).get(String(article.featuredMedia));
  return {
    id: String(article.id),
    accountId: String(article.authorId),
    handle: user.username,
    name: user.name,
    text: plainText(article.content),
    link: null,
    media: [...(featured ? [shownFile(featured)] : []), ...filesIn(article.content, network)],
    replyTo: null,
    createdAt: article.date,
    extra: {
      title: decodeEntities(article.title),
      slug: article.slug,
      content: article.content,
      categories: namesOf(categories, article.categories),
      tags: namesOf(tagsOf(network), article.tags),
      ...(article.firstSlug.startsWith(slugPrefix) && {
        deliveryKey: article.firstSlug.slice(slugPrefix.length),
      }),
    },
  };
}

function namesOf(terms: readonly Term[], ids: readonly number[]): string {
  return ids.map((id) => decodeEntities(terms.find((term) => term.id === id)?.name ?? String(id))).join(", ");
}

function shownFile({ url, kind, altText }: Attachment): PracticePost["media"][number] {
  return { url, kind, altText: decodeEntities(altText) };
}

function filesIn(content: string, network: PracticeNetwork): PracticePost["media"] {
  return [...content.matchAll(/<(img|video)\b([^<>]*)>/g)].map(([, tag, attributes = ""]) => {
    const url = attributeOf(attributes, "src") ?? "";
    const file = attachmentNamed(url, network);
    const altText = attributeOf(attributes, "alt") ?? decodeEntities(file?.altText ?? "");
    return { url, kind: tag === "img" ? ("image" as const) : ("video" as const), altText };
  });
}
