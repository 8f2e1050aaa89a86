import type { LinkRow } from "../../db/links.ts";
import type { Reach } from "../../domain/link/spread.ts";
import type { Media } from "../../domain/post.ts";
import type { PostContent } from "../../publishing/post-content.ts";
import type { World } from "../../publishing/world.ts";
import type { Sharing } from "../sharing.ts";
import { wordsAlong } from "../variant-along.ts";
import { adapt, type Note } from "./adapt.ts";
import { dueAfter, originOfItem, type Shareable, saidBy } from "./where-to.ts";

/** One post that something from outside becomes: its accounts all get it at the same time. */
export interface Composed {
  readonly content: PostContent;
  /** Null: a draft. */
  readonly dueAt: Date | null;
  readonly notes: readonly Note[];
}

/**
 * What something from outside becomes on those it reaches, one post for each moment. Pure.
 * @param notBefore per account, for what went before
 */
export function compose(
  { adapters }: Pick<World, "adapters">,
  sharing: Sharing,
  item: Shareable,
  reached: readonly Reach<LinkRow>[],
  files: readonly Media[],
  now: Date,
  notBefore: ReadonlyMap<string, Date> = new Map(),
): Composed[] {
  const moments = new Map<number | null, Reach<LinkRow>[]>();
  for (const reach of reached) {
    const ms = dueAfter(reach, item, now, notBefore.get(reach.accountId))?.getTime() ?? null;
    moments.set(ms, [...(moments.get(ms) ?? []), reach]);
  }
  return [...moments].map(([ms, together]) => {
    const parts = together.map((reach) => composeFor(adapters, sharing, item, reach, files));
    return {
      content: {
        ...baseOf(item, files),
        accounts: together.map(({ accountId }) => accountId),
        variants: Object.fromEntries(parts.map(({ accountId, variant }) => [accountId, variant])),
      },
      dueAt: ms === null ? null : new Date(ms),
      notes: parts.flatMap(({ notes }) => notes),
    };
  });
}

function composeFor(
  adapters: World["adapters"],
  sharing: Sharing,
  item: Shareable,
  reach: Reach<LinkRow>,
  files: readonly Media[],
) {
  const { accountId } = reach;
  const platform = sharing.accounts.get(accountId)?.platform;
  if (!platform) throw new Error("Only known accounts are reached");
  const adapter = adapters[platform];
  const first = saidBy(item);
  const words = wordsAlong({ adapters }, sharing, { origin: originOfItem(item), first }, reach);
  const { url, content } = item;
  const original = { url, title: content.title, language: content.language };
  const adapted = adapt(adapter, { ...words, media: files }, original);
  const media = adapted.media.map(({ id, altText }) => ({ id, altText }));
  return {
    accountId,
    variant: { text: adapted.text, link: adapted.link, media, options: adapted.options },
    notes: adapted.notes.map((note) => ({ ...note, accountId })),
  };
}

/** Whoever posts on a phone may forget an alt text: the copy is not kept back for that, and says so. */
function baseOf(item: Shareable, files: readonly Media[]): PostContent {
  const { text, link } = saidBy(item);
  return {
    text,
    link,
    media: files.map(({ id, altText }) => ({ id, altText })),
    accounts: [],
    variants: {},
    thread: [],
    firstComment: null,
    allowMissingAltText: true,
  };
}
