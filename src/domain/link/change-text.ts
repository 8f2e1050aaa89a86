import type { Platform } from "../platform.ts";
import { reduceHashtags } from "./hashtags.ts";
import type { TextChange } from "./link.ts";
import { carryMentions, type Person } from "./mentions.ts";
import { markLink, markLinks } from "./utm.ts";

/** A text on its way from one account to another. */
export interface Passage {
  readonly from: { readonly platform: Platform; readonly handle: string };
  readonly to: { readonly platform: Platform };
  /** Whom the workspace knows under several handles. */
  readonly people: readonly Person[];
}

/** What the post says, and what it points to. */
export interface Said {
  readonly text: string;
  readonly link: string | null;
}

/** The names that may stand in braces in a link's text. */
export const placeholders = ["text", "link", "source"] as const;

/** What one link makes of a text. Its own link stays beside it unless the template puts it into the text. */
export function changeText({ text, link }: Said, change: TextChange, { from, to, people }: Passage): Said {
  const { text: template = "{text}", hashtags = "keep", append, utm } = change;
  const carried = carryMentions(text, from.platform, to.platform, people);
  const reduced = hashtags === "keep" ? carried : reduceHashtags(carried, hashtags);
  const marked = utm ? markLinks(reduced, utm) : reduced;
  const target = link !== null && utm ? markLink(link, utm) : link;
  const values = { text: marked, link: target ?? "", source: from.handle };
  const filled = tidy(template.replace(/\{(text|link|source)\}/g, (_, name: keyof typeof values) => values[name]));
  return {
    text: append === undefined ? filled : tidy(`${filled}\n\n${append}`),
    link: template.includes("{link}") ? null : target,
  };
}

/** An empty placeholder leaves no hole. */
function tidy(text: string): string {
  return text.replace(/[^\S\n]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}
