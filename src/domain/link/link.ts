import type { Platform } from "../platform.ts";
import type { MediaKind, Options } from "../post.ts";
import type { QuietHours } from "./quiet-hours.ts";

/** A rule: what is posted on one account is shared on others. */
export interface Link extends Ends {
  readonly filter: LinkFilter;
  readonly transform: LinkTransform;
  /** What was posted outside of Clarion is shared too. */
  readonly mirror: boolean;
  /** Of what comes from outside: so long after it was seen. */
  readonly delayMinutes: number;
  /** What comes from outside is a draft first, for a person to look at. */
  readonly review: boolean;
  /** What comes from outside waits until these are over; null: none. */
  readonly quietHours: QuietHours | null;
  /** What is posted earlier is not shared. */
  readonly activeFrom: Date | null;
  /** Nor what is posted then or later. */
  readonly activeTo: Date | null;
  /** What becomes of the copies when the original is deleted. */
  readonly onDelete: "ask" | "delete";
}

/** Where a link begins and leads. */
export interface Ends {
  readonly id: string;
  /** An account's id, or a feed's address. */
  readonly source: string;
  /** Accounts' ids. */
  readonly targets: readonly string[];
  /** What is posted on a target is shared on the source too. */
  readonly bothWays: boolean;
  /** A person looks first. */
  readonly review?: boolean;
}

/** What a link shares; what is absent does not count. */
export interface LinkFilter {
  /** Of a post with several kinds one is enough. `text`: without a file. */
  readonly kinds?: readonly (MediaKind | "text")[] | undefined;
  /** BCP 47, compared by their first part. A post whose language nobody knows is shared. */
  readonly languages?: readonly string[] | undefined;
  /** A hashtag that a post must have (`#share`). */
  readonly include?: string | undefined;
  /** A hashtag that a post must not have. */
  readonly exclude?: string | undefined;
  readonly replies?: boolean | undefined;
  readonly reposts?: boolean | undefined;
}

/** How a text changes on its way. */
export interface LinkTransform extends TextChange {
  /** Instead, for one account or platform. */
  readonly byTarget?: Readonly<Record<string, TextChange>> | undefined;
}

export interface TextChange {
  /** `{text}`, `{link}`, `{source}` (the account's handle) and `{title}` (how the text begins) are filled in. */
  readonly text?: string | undefined;
  /** Default `keep`. */
  readonly hashtags?: "keep" | "first" | "drop" | undefined;
  /** Put below the text, for example a hashtag. */
  readonly append?: string | undefined;
  /** Query parameters for links to these hosts: one's own sites. */
  readonly utm?: Utm | undefined;
  /** The platform's own: a board, a subreddit, a title. The same is filled in as in `text`. */
  readonly options?: Options | undefined;
}

export interface Utm {
  readonly hosts: readonly string[];
  readonly source?: string | undefined;
  readonly medium?: string | undefined;
  readonly campaign?: string | undefined;
}

/** What is shared, as far as the rules look at it. */
export interface SharedItem {
  readonly text: string;
  readonly kinds: readonly MediaKind[];
  readonly language: string | null;
  readonly isReply: boolean;
  readonly isRepost: boolean;
  /** When it was, or is to be, public. */
  readonly at: Date;
}

/** @returns the change for one target: what is set for its account wins over its platform over the link */
export function changeFor(
  { byTarget, ...shared }: LinkTransform,
  target: { readonly id: string; readonly platform: Platform },
): TextChange {
  return { ...shared, ...byTarget?.[target.platform], ...byTarget?.[target.id] };
}

/** @returns the accounts that a link leads to: its targets, and its source where it is used both ways */
export function reachedBy({
  source,
  targets,
  bothWays,
}: Pick<Ends, "source" | "targets" | "bothWays">): readonly string[] {
  return bothWays ? [source, ...targets] : targets;
}

/** A source is an account or a feed. */
export function isFeed(source: string): boolean {
  return source.includes("://");
}
