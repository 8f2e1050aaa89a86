import type { MediaKind } from "../post.ts";

/** What has become of something that a source showed. */
export const itemStates = ["new", "held", "shared", "skipped", "failed"] as const;
export type ItemState = (typeof itemStates)[number];

/** What a source shows, as far as it can be shared. */
export interface SourceItem {
  /** Plain text. */
  readonly text: string;
  /** A feed's item has one. */
  readonly title: string | null;
  readonly link: string | null;
  readonly media: readonly SourceFile[];
  /** How many more files it has, which its platform does not give, or not yet; absent: none. */
  readonly missingFiles?: number;
  /** BCP 47. */
  readonly language: string | null;
  readonly isReply: boolean;
  readonly isRepost: boolean;
}

export interface SourceFile {
  /** http(s); it may end soon. */
  readonly url: string;
  readonly kind: MediaKind;
  readonly altText: string;
}
