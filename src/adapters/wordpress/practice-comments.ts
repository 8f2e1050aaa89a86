import { plainText } from "../../markup/plain-text.ts";
import type {
  PracticeCollection,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
} from "../../practice/kit.ts";
import { type Article, articles, linkOf } from "./practice-articles.ts";
import { nextId, objectIn, pageOf, picked, problem } from "./practice-replies.ts";
import { asParagraphs, asShown } from "./practice-shown.ts";
import type { User } from "./practice-users.ts";

interface Comment {
  readonly id: number;
  readonly postId: number;
  readonly authorId: number;
  readonly content: string;
  readonly status: "approved" | "hold" | "trash";
  readonly date: string;
}

const maxBytes = 65_525;
const floodMs = 15_000;

function comments(network: PracticeNetwork): PracticeCollection<Comment> {
  return network.collection("comments");
}

// https://developer.wordpress.org/rest-api/reference/comments/#create-a-comment (checked 2026-11)
export function createComment(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const { post, content } = objectIn(request);
  const html = typeof content === "string" ? content : "";
  const article = articles(network).get(String(post));
  if (!article) return refused("", noPost, network);
  const refusal = refusalOf(html, article, user, network);
  if (refusal) return refused(html, refusal, network);
  const comment: Comment = {
    id: nextId(network, "comment"),
    postId: article.id,
    authorId: user.id,
    content: html,
    // Whoever wrote the post is trusted; others are looked at first.
    status: article.authorId === user.id ? "approved" : "hold",
    date: network.now().toISOString(),
  };
  comments(network).put(String(comment.id), comment);
  if (comment.status === "approved") show(comment, user, network);
  return { status: 201, body: entity(comment, article, network) };
}

function refused(html: string, reply: PracticeReply, network: PracticeNetwork): PracticeReply {
  network.refuse(plainText(asParagraphs(html)), (reply.body as { code: string }).code);
  return reply;
}

const noPost = problem(
  403,
  "rest_comment_invalid_post_id",
  "Sorry, you are not allowed to create this comment without a post.",
);

function refusalOf(
  html: string,
  article: Article,
  user: User,
  network: PracticeNetwork,
): PracticeReply | undefined {
  const no = "Sorry, you are not allowed to create a comment on this post.";
  if (article.status === "draft") return problem(403, "rest_comment_draft_post", no);
  if (article.status === "trash") return problem(403, "rest_comment_trash_post", no);
  const unfit = contentRefusal(html);
  if (unfit) return unfit;
  const own = ofAuthor(user, network);
  if (own.some((each) => each.postId === article.id && each.content === html && each.status !== "trash"))
    return problem(
      409,
      "comment_duplicate",
      "Duplicate comment detected; it looks as though you&#8217;ve already said that!",
    );
  const since = network.now().getTime() - floodMs;
  if (own.some(({ date }) => Date.parse(date) > since))
    return problem(400, "comment_flood", "You are posting comments too quickly. Slow down.");
  return undefined;
}

function contentRefusal(html: string): PracticeReply | undefined {
  if (html.trim() === "") return problem(400, "rest_comment_content_invalid", "Invalid comment content.");
  if (Buffer.byteLength(html) > maxBytes)
    return problem(400, "comment_content_column_length", "Comment field exceeds maximum length allowed.");
  return undefined;
}

// https://developer.wordpress.org/rest-api/reference/comments/#list-comments (checked 2026-11)
export function listComments(request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const { query } = request;
  const found = comments(network)
    .list()
    .map(([, comment]) => comment)
    .filter(({ status }) => status === "approved")
    .filter(({ postId }) => !query.has("post") || String(postId) === query.get("post"))
    .filter(({ authorId }) => !query.has("author") || String(authorId) === query.get("author"))
    .filter(() => !query.has("parent") || query.get("parent") === "0") // none here answers another
    .reverse();
  return pageOf(found, request, (comment) => entity(comment, articleOf(comment, network), network));
}

export function getComment(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const comment = comments(network).get(request.params.id ?? "");
  if (!comment) return noComment();
  if (comment.status !== "approved" && comment.authorId !== user.id)
    return problem(403, "rest_cannot_read", "Sorry, you are not allowed to read this comment.");
  return { status: 200, body: picked(entity(comment, articleOf(comment, network), network), request) };
}

// https://developer.wordpress.org/rest-api/reference/comments/#update-a-comment (checked 2026-11)
export function updateComment(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const comment = comments(network).get(request.params.id ?? "");
  if (!comment) return noComment();
  if (articleOf(comment, network)?.authorId !== user.id)
    return problem(403, "rest_cannot_edit", "Sorry, you are not allowed to edit this comment.");
  const { content: given = comment.content } = objectIn(request);
  const content = typeof given === "string" ? given : "";
  const refusal = contentRefusal(content);
  if (refusal) return refusal;
  const changed = { ...comment, content };
  comments(network).put(String(comment.id), changed);
  const shown = network.post(`comment-${comment.id}`);
  if (shown) network.edit(shown, { text: plainText(asParagraphs(content)) });
  return { status: 200, body: entity(changed, articleOf(changed, network), network) };
}

export function deleteComment(request: PracticeRequest, network: PracticeNetwork, user: User): PracticeReply {
  const comment = comments(network).get(request.params.id ?? "");
  if (!comment) return noComment();
  if (articleOf(comment, network)?.authorId !== user.id)
    return problem(403, "rest_cannot_delete", "Sorry, you are not allowed to delete this comment.");
  if (comment.status === "trash")
    return problem(410, "rest_already_trashed", "The comment has already been trashed.");
  comments(network).put(String(comment.id), { ...comment, status: "trash" });
  network.remove(`comment-${comment.id}`);
  return { status: 200, body: entity(comment, articleOf(comment, network), network) };
}

function noComment(): PracticeReply {
  return problem(404, "rest_comment_invalid_id", "Invalid comment ID.");
}

function ofAuthor(user: User, network: PracticeNetwork): Comment[] {
  return comments(network)
    .list()
    .map(([, comment]) => comment)
    .filter(({ authorId }) => authorId === user.id);
}

function articleOf({ postId }: Comment, network: PracticeNetwork): Article | undefined {
  return articles(network).get(String(postId));
}

/** Called on the timeline as in the comment's own address. */
function show(comment: Comment, user: User, network: PracticeNetwork): void {
  network.publish({
    id: `comment-${comment.id}`,
    accountId: String(user.id),
    handle: user.username,
    name: user.name,
    text: plainText(asParagraphs(comment.content)),
    link: null,
    media: [],
    replyTo: String(comment.postId),
    createdAt: comment.date,
    extra: {},
  });
}

function entity(
  { id, postId, authorId, content, status, date }: Comment,
  article: Article | undefined,
  network: PracticeNetwork,
): Readonly<Record<string, unknown>> {
  const link = article ? `${linkOf(article, network)}#comment-${id}` : network.baseUrl;
  return {
    id,
    post: postId,
    parent: 0,
    author: authorId,
    date_gmt: date.slice(0, 19),
    content: { rendered: asShown(asParagraphs(content)) },
    link,
    status,
    type: "comment",
  };
}
