/** A post as its author gave it; `posts.content`. */
export interface PostContent {
  readonly text: string;
  readonly media: readonly MediaUse[];
  readonly link: string | null;
  readonly accounts: readonly string[];
  /** By account id or by platform. */
  readonly variants: Readonly<Record<string, VariantInput>>;
  readonly thread: readonly ThreadPart[];
  readonly firstComment: string | null;
  readonly allowMissingAltText: boolean;
}

/** What one account or platform gets instead; what is absent comes from the post. */
export interface VariantInput {
  readonly text?: string | undefined;
  readonly media?: readonly MediaUse[] | undefined;
  readonly link?: string | null | undefined;
  readonly thread?: readonly ThreadPart[] | undefined;
  readonly firstComment?: string | null | undefined;
  readonly options?: Readonly<Record<string, string | boolean | readonly string[]>> | undefined;
}

export interface ThreadPart {
  readonly text: string;
  readonly media: readonly MediaUse[];
}

/** A file, with words of its own for this use where the file's do not fit. */
export interface MediaUse {
  readonly id: string;
  readonly altText?: string | undefined;
}

/** Every file the post or one of its variants uses. */
export function mediaIdsOf(content: PostContent): string[] {
  const sources = [content, ...Object.values(content.variants)];
  const uses = sources.flatMap((source) => [
    ...(source.media ?? []),
    ...(source.thread ?? []).flatMap((part) => part.media),
  ]);
  return [...new Set(uses.map((use) => use.id))];
}

/** The author's part of something that has more. */
export function contentOf(whole: PostContent): PostContent {
  const { text, media, link, accounts, variants, thread, firstComment, allowMissingAltText } = whole;
  return { text, media, link, accounts, variants, thread, firstComment, allowMissingAltText };
}

/** The same for these accounts only, without what was written for others. */
export function forAccounts(content: PostContent, accounts: readonly string[]): PostContent {
  const variants = Object.entries(content.variants).filter(
    ([key]) => !key.startsWith("acc_") || accounts.includes(key),
  );
  return { ...content, accounts, variants: Object.fromEntries(variants) };
}
