import type { MediaKind } from "../../domain/post.ts";

/** A post that was made on the platform, by whatever means. */
export interface SourcePost {
  readonly externalId: string;
  /** http(s). */
  readonly externalUrl: string;
  /** Plain text as a reader sees it, with its links in full. */
  readonly text: string;
  /** A link that travels beside the text. */
  readonly link: string | null;
  readonly media: readonly {
    /** Where the file can be fetched from, http(s); null: the platform does not give it, or not yet. */
    readonly url: string | null;
    readonly kind: MediaKind;
    readonly altText: string;
  }[];
  /** BCP 47, where the platform tells. */
  readonly language: string | null;
  readonly createdAt: Date;
  readonly isReply: boolean;
  readonly isRepost: boolean;
}
