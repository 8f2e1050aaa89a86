import type { Platform } from "../domain/platform.ts";
import { type Html, html } from "../markup/html.ts";
import type { PracticePost } from "./kit.ts";
import { avatarColours, type PracticeLook } from "./look.ts";
import { postText } from "./post-text.ts";

/** A post, and how it is to be shown. */
export interface Shown {
  readonly platform: Platform;
  readonly look: PracticeLook;
  readonly post: PracticePost;
  readonly now: Date;
  /** How many answers stand below it. */
  readonly answers: number;
  /** Long texts end early, and lead on to the whole post. */
  readonly isBrief: boolean;
}

const briefLength = 300;

/** Initials on one of eight colours, the same for the same handle. */
export function avatar({ name, handle }: Pick<PracticePost, "name" | "handle">): Html {
  const sum = [...handle].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return html`<span class="avatar hue-${sum % avatarColours.length}" aria-hidden="true">${initials(name || handle)}</span>`;
}

function initials(name: string): string {
  const firsts = name.split(/[\s_.-]+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  return [firsts[0], firsts.length > 1 ? firsts.at(-1) : undefined].join("").toUpperCase();
}

/** Who posted, and when. */
export function byline({ platform, look, post, now }: Shown): Html {
  const { name, handle, createdAt } = post;
  const isSame = look.at === "" && name.toLowerCase() === handle.toLowerCase();
  return html`<header>
    <a class="name" href="/${platform}/@${encodeURIComponent(handle)}" dir="auto">${name}</a>
    ${!isSame && html`<span class="handle" dir="auto">${look.at}${handle}</span>`}
    <a class="when" href="${pageOf(platform, post)}">${when(createdAt, now)}</a>
  </header>`;
}

function pageOf(platform: Platform, { id }: PracticePost): string {
  return `/${platform}/posts/${encodeURIComponent(id)}`;
}

export function title({ platform, post }: Shown): Html | undefined {
  const words = post.extra.title;
  if (!words) return undefined;
  return html`<h3 class="title" dir="auto"><a href="${pageOf(platform, post)}">${words}</a></h3>`;
}

export function text(shown: Shown): Html | undefined {
  const { platform, post } = shown;
  if (post.text === "") return undefined;
  const { language } = post.extra;
  const lang = language ? html` lang="${language}"` : undefined;
  if (!isCut(shown)) return html`<p class="text" dir="auto"${lang}>${postText(post.text)}</p>`;
  return html`<p class="text" dir="auto"${lang}>${postText(beginning(post.text))} …</p>
    <p class="rest"><a href="${pageOf(platform, post)}">Read on</a></p>`;
}

export function isCut({ post, isBrief }: Shown): boolean {
  return isBrief && post.text.length > briefLength;
}

/** Up to a blank, where there is one near; never half a character. */
function beginning(whole: string): string {
  const part = whole.slice(0, briefLength).replace(/[\uD800-\uDBFF]$/, "");
  const blank = part.search(/\s\S*$/);
  return blank > briefLength / 2 ? part.slice(0, blank) : part;
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
