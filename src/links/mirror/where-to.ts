import type { LinkRow } from "../../db/links.ts";
import type { TakenItem } from "../../db/source-items.ts";
import type { Said } from "../../domain/link/change-text.ts";
import type { SharedItem } from "../../domain/link/link.ts";
import { type NotShared, whyNotShared } from "../../domain/link/passes.ts";
import { afterQuiet } from "../../domain/link/quiet-hours.ts";
import { type Hop, type Reach, spread } from "../../domain/link/spread.ts";
import type { Sharing } from "../sharing.ts";
import type { Origin } from "../variant-along.ts";
import { before } from "./mirror.ts";

/** What of an item decides where it goes, and what it becomes there. */
export type Shareable = Pick<
  TakenItem,
  | "accountId"
  | "platform"
  | "feed"
  | "from"
  | "url"
  | "content"
  | "createdAt"
  | "seenAt"
  | "byHandLink"
  | "alsoLinks"
> & { readonly isAgain?: boolean };

export function originOfItem({ accountId, platform, feed, from }: Shareable): Origin {
  return { id: accountId ?? feed ?? "", platform, handle: from };
}

/** A feed's item is its title with its link, unless a template says otherwise: its text may be a whole article. */
export function saidBy({ content, url, feed }: Shareable): Said {
  const { text, title, link } = content;
  const said = feed !== null && title !== null ? title : text;
  return { text: said, link, original: url, ...(title !== null && { title }) };
}

/** By what it is known again: a blog may have one title, or one teaser, for many articles. */
export function wordsOf({ content: { text, title } }: Pick<Shareable, "content">): string {
  return title === null || text.includes(title) ? text : `${title} ${text}`;
}

/**
 * Everyone that something from outside reaches along the links that mirror.
 * @param hasCopies what was shared stays where a link leads, though that is younger now: it was paused in between
 * @returns besides, why the first link that did not let it through did not
 */
export function whereTo(
  sharing: Sharing,
  item: Shareable,
  hasCopies = false,
): { readonly reached: Reach<LinkRow>[]; readonly why: NotShared | "link_younger" | null } {
  const { text, media, language, isReply, isRepost } = item.content;
  const kinds = media.map(({ kind }) => kind);
  const shared: SharedItem = { text, kinds, language, isReply, isRepost, at: item.createdAt };
  let why: NotShared | "link_younger" | null = null;
  const along = alongWhich(item);
  const passes = (hop: Hop<LinkRow>) => {
    const { link, to } = hop;
    const account = sharing.accounts.get(to);
    if (!link.mirror || !account || account.state === "disconnected") return false;
    const isOlder = !hasCopies && !along.includes(link.id) && item.createdAt < before(sinceOf(hop));
    const stands = isOlder ? "link_younger" : whyNotShared(link, shared);
    why ??= stands;
    return stands === null;
  };
  const all = spread(sharing.links, originOfItem(item).id, passes);
  const reached = isByHand(item)
    ? all.filter(({ path }) => path.some(({ link }) => along.includes(link.id)))
    : all;
  return { reached, why };
}

/** A person wants it there, whatever speaks against it. */
export function isByHand({ byHandLink, isAgain }: Pick<Shareable, "byHandLink" | "isAgain">): boolean {
  return byHandLink !== null || isAgain === true;
}

/** The links that a person decided about: what goes along others had its turn. */
function alongWhich({ byHandLink, alsoLinks, isAgain }: Shareable): readonly string[] {
  if (isAgain) return alsoLinks.slice(-1);
  return byHandLink === null ? alsoLinks : [byHandLink, ...alsoLinks];
}

function sinceOf({ link, from }: Hop<LinkRow>): Date {
  const back = link.source === from ? undefined : link.backSince[link.targets.indexOf(from)];
  return back && back > link.mirrorsSince ? back : link.mirrorsSince;
}

const longestLineMs = 10 * 60_000;
const freshMs = 24 * 3_600_000;

/**
 * When a copy is to go out; null: it is a draft for a person to look at. What was made long ago, because an account or a
 * server was away or it was held, is not news any more: that is for a person to decide too.
 * @param last when the copy before it may be followed; one that is far ahead is not waited for
 */
export function dueAfter({ path }: Reach<LinkRow>, item: Shareable, now: Date, last?: Date): Date | null {
  const isStale = !isByHand(item) && now.getTime() - item.createdAt.getTime() > freshMs;
  if (isStale || path.some(({ link }) => link.review)) return null;
  const due = path.reduce(
    (at, { link }) => afterQuiet(new Date(at.getTime() + link.delayMinutes * 60_000), link.quietHours),
    now,
  );
  if (!last || last <= due || last.getTime() - due.getTime() > longestLineMs) return due;
  return path.reduce((at, { link }) => afterQuiet(at, link.quietHours), last);
}
