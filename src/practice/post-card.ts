import { type Html, html } from "../markup/html.ts";
import { articleBody } from "./article-body.ts";
import type { Shape } from "./look.ts";
import { labels } from "./post-labels.ts";
import { coveredVideo, figure, linkCard, mediaOf } from "./post-media.ts";
import { avatar, byline, isCut, type Shown, text, title } from "./post-pieces.ts";

/** One post as a card; what answers another is a line of talk everywhere. */
export function postCard(shown: Shown, weight: "plain" | "focus"): Html {
  const { post, look } = shown;
  const isAnswer = post.replyTo !== null && look.shape !== "stream";
  const shape = isAnswer ? "answer" : look.shape;
  return html`<article class="post ${shape} ${weight}">${shapes[isAnswer ? "stream" : look.shape](shown)}</article>`;
}

/** The pieces of a post in the order in which they stand, and are read out. */
const shapes: Readonly<Record<Shape, (shown: Shown) => Html>> = {
  stream: (shown) => html`${avatar(shown.post)}<div class="body">
    ${byline(shown)}
    ${warned(shown, html`${text(shown)}${mediaOf(shown.post.media)}${linkCard(shown.post)}`)}
    ${labels(shown)}</div>`,
  card: (shown) =>
    html`${head(shown)}${text(shown)}${mediaOf(shown.post.media)}${linkCard(shown.post)}${labels(shown)}`,
  document: (shown) =>
    html`${head(shown)}${text(shown)}${document(shown)}${linkCard(shown.post, shown.post.extra.title)}${labels(shown)}`,
  photo: (shown) => html`${head(shown)}${mediaOf(shown.post.media)}${text(shown)}${labels(shown)}`,
  journal: (shown) => html`${head(shown)}${title(shown)}${text(shown)}${mediaOf(shown.post.media)}
    ${linkCard(shown.post)}${labels(shown)}`,
  forum: (shown) => html`${forumHead(shown)}${title(shown)}${labels(shown)}${text(shown)}
    ${mediaOf(shown.post.media)}${linkCard(shown.post)}${votes(shown)}`,
  pin: (shown) => html`${mediaOf(shown.post.media)}${title(shown)}${text(shown)}${linkCard(shown.post)}
    ${board(shown)}${head(shown)}`,
  video: (shown) =>
    html`${coveredVideo(shown.post)}${title(shown)}${head(shown)}${labels(shown)}${text(shown)}`,
  article: (shown) => html`${title(shown)}${byline(shown)}${article(shown)}${labels(shown)}`,
};

function head(shown: Shown): Html {
  return html`<div class="head">${avatar(shown.post)}${byline(shown)}</div>`;
}

/** A content warning is opened by whoever wants to. */
function warned({ post }: Shown, content: Html): Html {
  const { spoilerText } = post.extra;
  if (!spoilerText) return content;
  return html`<details class="warned"><summary dir="auto">${spoilerText}</summary>${content}</details>`;
}

function document(shown: Shown): Html | undefined {
  const { media, link } = shown.post;
  const pictures = mediaOf(media);
  return pictures && html`<div class="document">${pictures}${link === null && title(shown)}</div>`;
}

/** The place comes before whoever posts there. */
function forumHead(shown: Shown): Html {
  const { subreddit = "" } = shown.post.extra;
  const author = { ...shown.post, name: `${shown.look.at}${shown.post.handle}` };
  return html`<div class="head">${avatar({ name: subreddit, handle: subreddit })}
    <div class="place"><strong dir="auto">r/${subreddit}</strong>${byline({ ...shown, post: author })}</div></div>`;
}

/** The author's own vote, which every post begins with. */
function votes({ answers }: Shown): Html {
  return html`<p class="votes"><span><b aria-hidden="true">▲</b> 1 <span class="unseen">point</span> <b aria-hidden="true">▼</b></span>
    <span>${answers} ${answers === 1 ? "comment" : "comments"}</span></p>`;
}

function board({ post }: Shown): Html | undefined {
  const { board: name } = post.extra;
  return name ? html`<p class="place">Board: <strong dir="auto">${name}</strong></p>` : undefined;
}

/** Files that stand within the words are shown there, the others above. */
function article(shown: Shown): Html {
  const { content = "" } = shown.post.extra;
  const { media } = shown.post;
  const isWhole = content !== "" && !isCut(shown);
  const above = isWhole ? media.filter(({ url }) => !content.includes(url)) : media.slice(0, 1);
  const body = isWhole
    ? html`<div class="text article" dir="auto">${articleBody(content, (url) => {
        const file = media.find((each) => each.url === url);
        return file && figure(file);
      })}</div>`
    : text(shown);
  return html`${mediaOf(above)}${body}`;
}
