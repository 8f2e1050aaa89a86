import type { Variant } from "../../domain/post.ts";
import { textWithLink } from "../contract/text.ts";
import { toMarkdown } from "./markdown.ts";

/** https://www.reddit.com/dev/api#POST_api_submit (checked 2026-11); a gallery has an endpoint of its own */
export type Kind = "self" | "link" | "image" | "gallery" | "video";

/** A post as Reddit thinks of it. */
export interface Submission {
  readonly kind: Kind;
  readonly subreddit: string;
  readonly title: string;
  /** Markdown; optional for every kind. */
  readonly body: string;
  /** Only where the kind is `link`. */
  readonly url: string | null;
  readonly nsfw: boolean;
}

/**
 * A link beside the text makes a link post, with the text as its body. Beside files Reddit has no place for a link:
 * there it stands below the text.
 */
export function submissionOf(variant: Variant): Submission {
  const kind = kindOf(variant);
  return {
    kind,
    subreddit: subredditOf(variant.options.subreddit),
    title: titleOf(variant.options.title),
    body: toMarkdown(kind === "link" ? variant.text : textWithLink(variant)),
    url: kind === "link" ? variant.link : null,
    nsfw: variant.options.nsfw === true,
  };
}

/** The length of what is sent: signs that Reddit would take for formatting go out with a backslash. In code points. */
export function measure(text: string): number {
  return [...toMarkdown(text)].length;
}

/** As people write it: `water`, `r/water`, the page's address; `u/name` is a profile. */
export function subredditOf(option: unknown): string {
  return String(option ?? "")
    .trim()
    .replace(/^https?:\/\/(?:[a-z]+\.)?reddit\.com/i, "")
    .replace(/^\/?r\//i, "")
    .replace(/^\/?u(?:ser)?\//i, "u_")
    .replace(/\/$/, "");
}

/** Titles are one line of plain text. */
export function titleOf(option: unknown): string {
  return String(option ?? "")
    .replace(/\s+/g, " ")
    .trim();
}

function kindOf({ media, link }: Variant): Kind {
  const [first, second] = media;
  if (second) return "gallery";
  if (first) return first.kind;
  return link === null ? "self" : "link";
}
