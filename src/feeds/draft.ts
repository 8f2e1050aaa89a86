/** Of one feed, the first ones in it. */
export const maxItems = 100;

/** What all formats have in common, still as it is written. */
export interface FeedDraft {
  readonly title: string;
  /** Where people read it, as it is written. */
  readonly site: string | undefined;
  readonly languages: readonly (string | undefined)[];
  /** What relative addresses of the feed itself are relative to. */
  readonly base: string;
  readonly links: readonly LinkDraft[];
  readonly items: readonly ItemDraft[];
}

export interface LinkDraft {
  readonly rel?: string | undefined;
  readonly href?: string | undefined;
  readonly type?: string | undefined;
}

/** Of lists the first that is present and usable counts. */
export interface ItemDraft {
  readonly id: string | undefined;
  readonly links: readonly (string | undefined)[];
  readonly base: string;
  /** Plain text. */
  readonly title: string;
  /** Plain text. */
  readonly texts: readonly string[];
  /** Where its pictures are looked for. */
  readonly html: string;
  readonly htmlBase: string;
  readonly attached: readonly AttachedDraft[];
  readonly languages: readonly (string | undefined)[];
  readonly dates: readonly (string | undefined)[];
}

export interface AttachedDraft {
  readonly url: string | undefined;
  /** A media type, or its first half. */
  readonly type: string | undefined;
  readonly altText?: string | undefined;
}
