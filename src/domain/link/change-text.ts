import type { Platform } from "../platform.ts";
import type { Options } from "../post.ts";
import { reduceHashtags } from "./hashtags.ts";
import type { TextChange } from "./link.ts";
import { carryMentions, type Person } from "./mentions.ts";
import { markLink, markLinks } from "./utm.ts";

/** A text on its way from one account to another. */
export interface Passage {
  /** A feed has no platform. */
  readonly from: { readonly platform: Platform | null; readonly handle: string };
  readonly to: { readonly platform: Platform };
  /** Whom the workspace knows under several handles. */
  readonly people: readonly Person[];
}

/** What the post says, and what it points to. */
export interface Said {
  readonly text: string;
  readonly link: string | null;
  /** Its own; absent: how the text begins. */
  readonly title?: string | undefined;
  /** Where the original can be seen: what `{link}` becomes where it has no link of its own. */
  readonly original?: string | undefined;
  /** How the text ends with what links put below the words of the post: that is not shortened. */
  readonly tail?: string | undefined;
}

export interface Changed extends Pick<Said, "text" | "link"> {
  readonly options: Options;
  readonly tail: string;
}

/** The names that may stand in braces in a link's text. */
export const placeholders = ["text", "link", "source", "title"] as const;

type Values = Readonly<Record<(typeof placeholders)[number], string>>;

/** What one link makes of a post. Its own link stays beside the text unless the template puts it there. */
export function changeText(said: Said, change: TextChange, { from, to, people }: Passage): Changed {
  const { text, link } = said;
  const { text: template = "{text}", hashtags = "keep", append, utm, options = {} } = change;
  const alter = (words: string) => {
    const carried = carryMentions(words, from.platform, to.platform, people);
    const reduced = hashtags === "keep" ? carried : reduceHashtags(carried, hashtags);
    return utm ? markLinks(reduced, utm) : reduced;
  };
  const marked = alter(text);
  const target = link !== null && utm ? markLink(link, utm) : link;
  const title = said.title ?? titleOf(marked);
  const values = { text: marked, link: target ?? said.original ?? "", source: from.handle, title };
  const filled = fill(template, values);
  const below = append === undefined || filled.includes(append) ? "" : `\n\n${append}`;
  const whole = tidy(`${filled}${below}`);
  const [, after] = template.split("{text}");
  return {
    text: whole,
    tail:
      after === undefined
        ? ""
        : tailOf(whole, alter(said.tail ?? ""), fill(`.${after}${below}`, values).slice(1)),
    link: template.includes("{link}") ? null : target,
    options: Object.fromEntries(
      Object.entries(options).map(([name, value]) => [
        name,
        typeof value === "string" ? fill(value, values) : value,
      ]),
    ),
  };
}

/** @param before the tail that the text had already @param added what stands below it now */
function tailOf(text: string, before: string, added: string): string {
  return [`${before}${added}`, added].find((tail) => text.endsWith(tail) && text !== tail) ?? "";
}

function fill(template: string, values: Values): string {
  const named = new RegExp(`\\{(${placeholders.join("|")})\\}`, "g");
  return tidy(template.replace(named, (_, name: keyof Values) => values[name]));
}

const titleMax = 90;

/** The first sentence, or as many of its words as fit. The text keeps it too: nothing is lost. */
export function titleOf(text: string): string {
  const [first = ""] = text.trim().split("\n");
  const sentence = (/^.+?[.!?…](?=\s)/u.exec(first)?.[0] ?? first).trim();
  if (sentence.length <= titleMax) return sentence;
  const cut = sentence.slice(0, titleMax).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.slice(0, cut.lastIndexOf(" ") > 0 ? cut.lastIndexOf(" ") : cut.length).trimEnd()}…`;
}

/** An empty placeholder leaves no hole. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
