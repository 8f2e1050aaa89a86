import { listItems, type ShownCopy, type ShownItem } from "../db/shown-items.ts";
import type { ItemState } from "../domain/link/source-item.ts";
import type { World } from "../publishing/world.ts";
import { placesOf } from "./link-view.ts";
import { requireLink } from "./require-link.ts";

/** Something that a link's source showed, as the API shows it. */
export interface ItemView {
  readonly id: string;
  /** Where it was posted: an account's id, or a feed. */
  readonly source: string | { readonly feed: string };
  readonly externalUrl: string;
  readonly text: string;
  readonly title: string | null;
  readonly media: readonly { readonly kind: string; readonly altText: string }[];
  readonly createdAt: string;
  readonly state: ShownItem["state"];
  readonly reason: { readonly code: string; readonly message: string } | null;
  readonly change: { readonly kind: "edited" | "deleted"; readonly seenAt: string } | null;
  readonly copies: readonly Omit<ShownCopy, "ourRevision">[];
  readonly notes: ShownItem["notes"];
}

/** What became of what a link's sources showed, newest first; of one state, where that is given. @throws Refusal `not_found` */
export async function showItems(
  { db }: Pick<World, "db">,
  workspaceId: string,
  linkId: string,
  page: {
    readonly state?: ItemState | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ readonly data: ItemView[]; readonly nextCursor: string | null }> {
  const link = await requireLink(db, workspaceId, linkId);
  const { state, cursor: before = null, limit } = page;
  const rows = await listItems(db, workspaceId, placesOf({ ...link, mirror: true }), {
    state,
    before,
    limit: limit + 1,
  });
  const data = rows.slice(0, limit).map(viewItem);
  return { data, nextCursor: rows.length > limit ? (data.at(-1)?.id ?? null) : null };
}

const words: Readonly<Record<string, string>> = {
  own: "Clarion published this itself",
  own_words:
    "It says what we sent there without an answer, or under an id that we do not know: it may be that",
  old: "It was there before the link was",
  link_younger: "It was there before the link was, or came while it was paused",
  no_link: "No link that is in force shares it",
  there_already: "All accounts have it already, or had the same within seven days",
  much_gone: "So much was gone at once that nothing was deleted by itself",
  much_gone_edited: "It was edited, then so much was gone at once that nothing was deleted by itself",
  was_edited: "It was edited before it was deleted",
  gone: "It was deleted there before it was shared",
  held: "So much was new at once that a person is asked: decide with `POST /v1/links/<id>/held`",
  dropped: "A person decided that it is not shared",
  not_active: "The link was not in force at that time",
  kind: "The link shares other kinds of posts",
  language: "The link shares other languages",
  not_opted_in: "The text lacks the link's hashtag",
  opted_out: "The text has the hashtag that keeps it from being shared",
  reply: "The link shares no replies",
  repost: "The link shares no reposts",
};

function viewItem(item: ShownItem): ItemView {
  const { id, url, content, createdAt, state, changed, changedAt } = item;
  return {
    id,
    source: item.accountId ?? { feed: item.feed ?? "" },
    externalUrl: url,
    text: content.text,
    title: content.title,
    media: content.media.map(({ kind, altText }) => ({ kind, altText })),
    createdAt: createdAt.toISOString(),
    state,
    reason: reasonOf(item),
    change: changed && changedAt ? { kind: changed, seenAt: changedAt.toISOString() } : null,
    copies: item.copies.map(({ ourRevision: _, dueAt, ...copy }) => ({
      ...copy,
      dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    })),
    notes: item.notes,
  };
}

function reasonOf({ state, reasonCode, reasonText }: ShownItem): ItemView["reason"] {
  const code = reasonCode ?? (state === "held" ? "held" : null);
  return code === null ? null : { code, message: reasonText ?? words[code] ?? "" };
}
