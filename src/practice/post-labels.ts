import { type Html, html } from "../markup/html.ts";
import type { Shown } from "./post-pieces.ts";

/** What platforms remember of a post beside its words, in the order it is shown, and how it is said. */
const said: Readonly<Record<string, (value: string) => string>> = {
  by: () => "From the phone",
  nsfw: () => "NSFW",
  flair: (value) => value,
  topic: (value) => `Topic: ${value}`,
  visibility: (value) => (value === "public" ? "Public" : `Visibility: ${value}`),
  playlist: (value) => `Playlist: ${value}`,
  categories: (value) => `In ${value}`,
  replySettings: repliesFrom,
  replyControl: repliesFrom,
  editedAt: () => "Edited",
};

/** Short notes on a post: who sees it, what it is sorted under, its tags. */
export function labels({ post: { extra }, look }: Shown): Html | undefined {
  const notes = Object.entries(said).flatMap(([name, words]) => {
    const value = extra[name];
    const isUsual = name === "visibility" && value === "public" && look.shape !== "video";
    return value && !isUsual
      ? html`<li class="note ${name.toLowerCase()}" dir="auto">${words(value)}</li>`
      : [];
  });
  const tags = (extra.tags ?? "").split(", ").filter(Boolean);
  const all = [...notes, ...tags.map((tag) => html`<li class="tag" dir="auto">#${tag}</li>`)];
  return all.length === 0 ? undefined : html`<ul class="labels">${all}</ul>`;
}

/** The platforms' own words, `mentionedUsers` or `accounts_you_follow`, with blanks between them. */
function repliesFrom(value: string): string {
  return `Replies from: ${value.replace(/_|(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()}`;
}
