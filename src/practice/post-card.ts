import type { Platform } from "../domain/platform.ts";
import { type Html, html, httpUrl } from "../markup/html.ts";
import type { PracticePost } from "./kit.ts";
import { postText } from "./post-text.ts";

/** One post as a card. */
export function postCard(
  { platform, now }: { readonly platform: Platform; readonly now: Date },
  post: PracticePost,
  weight: "plain" | "focus",
): Html {
  const profile = `/${platform}/@${encodeURIComponent(post.handle)}`;
  const { spoilerText, visibility } = post.extra;
  const content = html`${text(post)}${pictures(post)}${linkCard(post)}`;
  return html`<article class="post ${weight}">
    ${avatar(post)}
    <div class="body">
      <header>
        <a class="name" href="${profile}" dir="auto">${post.name}</a>
        <span class="handle">@${post.handle}</span>
        <a class="when" href="/${platform}/posts/${encodeURIComponent(post.id)}">${when(post.createdAt, now)}</a>
      </header>
      ${spoilerText ? html`<details class="warned"><summary dir="auto">${spoilerText}</summary>${content}</details>` : content}
      ${visibility && visibility !== "public" && html`<p class="note">Visibility: ${visibility}</p>`}
    </div>
  </article>`;
}

/** Initials on one of eight colours, the same for the same handle. */
export function avatar({ name, handle }: Pick<PracticePost, "name" | "handle">): Html {
  const hue = [...handle].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 8;
  return html`<span class="avatar hue-${hue}" aria-hidden="true">${initials(name || handle)}</span>`;
}

function initials(name: string): string {
  const words = name.split(/[\s_.-]+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "")
    .join("");
}

function text(post: PracticePost): Html | undefined {
  if (post.text === "") return undefined;
  const { language } = post.extra;
  const lang = language && html` lang="${language}"`;
  return html`<p class="text" dir="auto"${lang || undefined}>${postText(post.text)}</p>`;
}

function pictures({ media }: PracticePost): Html | undefined {
  if (media.length === 0) return undefined;
  return html`<div class="media count-${Math.min(media.length, 4)}">${media.flatMap((item) => picture(item) ?? [])}</div>`;
}

/** Only files the network itself keeps; the path alone, so that it opens under whatever name the page has. */
function picture({ url, kind, altText }: PracticePost["media"][number]): Html | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  if (!path.startsWith("/media/")) return undefined;
  const caption =
    altText !== "" &&
    html`<figcaption><b aria-hidden="true">ALT</b> <span dir="auto">${altText}</span></figcaption>`;
  return kind === "image"
    ? html`<figure><img src="${path}" alt="${altText}" loading="lazy">${caption}</figure>`
    : html`<figure><video src="${path}" aria-label="${altText}" controls preload="metadata"></video>${caption}</figure>`;
}

function linkCard({ link, text: said }: PracticePost): Html | undefined {
  const href = link === null ? undefined : httpUrl(link);
  if (href === undefined || (link !== null && said.includes(link))) return undefined;
  return html`<a class="link" href="${href}" rel="noopener noreferrer nofollow"><span>${new URL(href).host}</span>${href}</a>`;
}

const date = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

function when(createdAt: string, now: Date): Html {
  const at = new Date(createdAt);
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000);
  const exact = `${date.format(at)} UTC`;
  const words =
    minutes < 1
      ? "just now"
      : minutes < 60
        ? `${minutes} min`
        : minutes < 1440
          ? `${Math.floor(minutes / 60)} h`
          : exact;
  return html`<time datetime="${createdAt}" title="${exact}">${words}</time>`;
}
