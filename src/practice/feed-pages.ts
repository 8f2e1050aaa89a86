import type { Platform } from "../domain/platform.ts";
import { type Html, html } from "../markup/html.ts";
import type { Fault, PracticePost } from "./kit.ts";
import type { PracticeLook } from "./look.ts";
import { nameOf } from "./names.ts";
import { changeForms, composeForm, type PhoneOnPage } from "./phone-forms.ts";
import { postCard } from "./post-card.ts";
import { avatar } from "./post-pieces.ts";
import { threads } from "./threads.ts";

/** What a page needs to know of one platform. */
export interface Feed {
  readonly platform: Platform;
  readonly look: PracticeLook;
  /** Oldest first. */
  readonly posts: readonly PracticePost[];
  readonly fault: Fault | undefined;
  readonly phone: PhoneOnPage | undefined;
  readonly now: Date;
}

const onFront = 4;
const onPage = 20;

/** All platforms side by side, newest first. */
export function frontPage(feeds: readonly Feed[]): Html {
  return page(
    "Practice network",
    html`<header class="intro">
        <h1>Practice network</h1>
        <p>Pretend platforms on your own machine. What you send to a practice account shows up here, and nowhere else.</p>
        <nav aria-label="Platforms">${feeds.map(({ platform }) => html`<a class="chip ${platform}" href="#${platform}">${nameOf(platform)}</a>`)}</nav>
      </header>
      <main class="columns">${feeds.map(column)}</main>`,
  );
}

function column(feed: Feed): Html {
  const { platform } = feed;
  return html`<section class="feed ${platform}" id="${platform}" aria-labelledby="${platform}-name">
    <h2 id="${platform}-name"><a href="/${platform}">${nameOf(platform)}</a></h2>
    ${faultNote(feed)}
    ${postList(feed, feed.posts, { path: `/${platform}`, before: null, max: onFront, isBrief: true })}
  </section>`;
}

/** One platform, newest first; `before` continues below a post. */
export function platformPage(feed: Feed, before: string | null): Html {
  const { platform } = feed;
  return page(
    nameOf(platform),
    html`${back()}<main class="single"><section class="feed ${platform}">
      <h1>${nameOf(platform)}</h1>
      ${faultNote(feed)}
      ${composeForm(feed)}
      ${postList(feed, feed.posts, { path: `/${platform}`, before, max: onPage, isBrief: false })}
    </section></main>`,
  );
}

/** What one identity posted, or nothing for one that never did. */
export function profilePage(feed: Feed, handle: string, before: string | null): Html | undefined {
  const { platform } = feed;
  const posts = feed.posts.filter((post) => post.handle === handle);
  const latest = posts.at(-1);
  if (!latest) return undefined;
  const path = `/${platform}/@${encodeURIComponent(handle)}`;
  const { at } = feed.look;
  return page(
    `${latest.name} (${at}${handle})`,
    html`${back(platform)}<main class="single"><section class="feed ${platform}">
      <header class="profile">
        ${avatar(latest)}
        <div><h1 dir="auto">${latest.name}</h1><p><span dir="auto">${at}${handle}</span> · ${posts.length} ${posts.length === 1 ? "post" : "posts"} on ${nameOf(platform)}</p></div>
      </header>
      ${faultNote(feed)}
      ${composeForm(feed, latest.accountId)}
      ${postList(feed, posts, { path, before, max: onPage, isBrief: false })}
    </section></main>`,
  );
}

/** One post, what it answers above it, its answers below. */
export function postPage(feed: Feed, id: string): Html | undefined {
  const { platform } = feed;
  const post = feed.posts.find((candidate) => candidate.id === id);
  if (!post) return undefined;
  const { ancestors, below } = threads(feed.posts);
  const line = [...ancestors(post), post, ...below(post)];
  return page(
    `${post.extra.title || post.name} on ${nameOf(platform)}`,
    html`${back(platform)}<main class="single"><section class="feed ${platform}">
      <h1>${nameOf(platform)}</h1>
      ${conversation(feed, line, { isBrief: false, focus: post })}
      ${changeForms(feed, post)}
    </section></main>`,
  );
}

export function notFoundPage(): Html {
  return page(
    "Not found",
    html`${back()}<main class="single"><section class="feed"><h1>Nothing here</h1>
      <p class="empty">There is no such post or profile on the practice network. It may have been deleted.</p></section></main>`,
  );
}

interface Part {
  /** Of the page that shows the whole list. */
  readonly path: string;
  readonly before: string | null;
  readonly max: number;
  readonly isBrief: boolean;
}

function postList(feed: Feed, posts: readonly PracticePost[], { path, before, max, isBrief }: Part): Html {
  const { roots, below } = threads(posts);
  const from = before === null ? 0 : roots.findIndex((root) => root.id === before) + 1;
  const shown = roots.slice(from, from + max);
  const last = roots.length > from + max ? shown.at(-1) : undefined;
  return html`
    ${from > 0 && html`<p class="more"><a href="${path}">Newest posts</a></p>`}
    ${posts.length === 0 && html`<p class="empty">Nothing posted yet. The first post to a practice account appears here.</p>`}
    <div class="posts">${shown.map((root) => conversation(feed, [root, ...below(root)], { isBrief }))}</div>
    ${last && html`<p class="more"><a rel="next" href="${path}?before=${encodeURIComponent(last.id)}">Older posts</a></p>`}`;
}

/** A post and its answers. */
function conversation(
  { platform, look, now }: Feed,
  line: readonly PracticePost[],
  { isBrief, focus }: { readonly isBrief: boolean; readonly focus?: PracticePost },
): Html {
  const shown = { platform, look, now, isBrief, answers: line.length - 1 };
  return html`<div class="thread">${line.map((post) => postCard({ ...shown, post }, post === focus ? "focus" : "plain"))}</div>`;
}

function faultNote({ fault }: Feed): Html | undefined {
  return fault && html`<p class="fault" role="status">Broken on purpose: ${fault.replaceAll("_", " ")}</p>`;
}

function back(platform?: Platform): Html {
  return html`<nav class="back"><a href="/">← Practice network</a>${platform && html`<a href="/${platform}">${nameOf(platform)}</a>`}</nav>`;
}

function page(title: string, body: Html): Html {
  return html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="stylesheet" href="/style.css"></head>
<body>${body}</body></html>`;
}
