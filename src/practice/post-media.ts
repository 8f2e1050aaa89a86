import { isUrl } from "../domain/is-url.ts";
import { type Html, html, httpUrl } from "../markup/html.ts";
import type { PracticePost } from "./kit.ts";

type Media = PracticePost["media"][number];

/** The pictures and videos that the network keeps, with their alt texts for everybody to see. */
export function mediaOf(media: PracticePost["media"]): Html | undefined {
  const shown = media.flatMap((item) => figure(item) ?? []);
  if (shown.length === 0) return undefined;
  return html`<div class="media count-${Math.min(shown.length, 4)}">${shown}</div>`;
}

/** A video behind its cover. */
export function coveredVideo({ media }: PracticePost): Html | undefined {
  const video = media.find(({ kind }) => kind === "video");
  const cover = media.find(({ kind }) => kind === "image");
  return video ? html`<div class="media">${figure(video, cover && pathOf(cover.url))}</div>` : undefined;
}

export function figure({ url, kind, altText }: Media, cover?: string): Html | undefined {
  const path = pathOf(url);
  if (path === undefined) return undefined;
  const caption =
    altText !== "" &&
    html`<figcaption><b aria-hidden="true">ALT</b> <span dir="auto">${altText}</span></figcaption>`;
  if (kind === "image")
    return html`<figure><img src="${path}" alt="${altText}" loading="lazy">${caption}</figure>`;
  const poster = cover === undefined ? undefined : html` poster="${cover}"`;
  return html`<figure><video src="${path}"${poster} aria-label="${altText || "Video"}" controls preload="metadata"></video>${caption}</figure>`;
}

/** Only files the network itself keeps; the path alone, so that it opens under whatever name the page has. */
function pathOf(url: string): string | undefined {
  const path = isUrl(url) ? new URL(url).pathname : "";
  return path.startsWith("/media/") ? path : undefined;
}

/** @param name what the platform was told the page is called */
export function linkCard({ link, text: said }: PracticePost, name?: string): Html | undefined {
  const href = link === null ? undefined : httpUrl(link);
  if (href === undefined || (link !== null && said.includes(link))) return undefined;
  const { host } = new URL(href);
  return html`<a class="link" href="${href}" rel="noopener noreferrer nofollow"><span>${host}</span>${
    name ? html`<strong dir="auto">${name}</strong>` : href
  }</a>`;
}
