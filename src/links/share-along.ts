import type { Link, SharedItem } from "../domain/link/link.ts";
import { whyNotShared } from "../domain/link/passes.ts";
import { type Hop, spread } from "../domain/link/spread.ts";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";
import { chosen } from "../publishing/chosen.ts";
import type { PostContent } from "../publishing/post-content.ts";
import type { World } from "../publishing/world.ts";
import type { LinkedAccount } from "./linked-account.ts";
import { notSharedWords, type Sharing } from "./sharing.ts";
import { variantAlong } from "./variant-along.ts";

export interface SharedPost {
  readonly content: PostContent;
  /** What a link did not share, and why. */
  readonly warnings: readonly RefusalIssue[];
}

/**
 * The post as it goes to one account and, along its links, to all that share from it: one post with its variants. What
 * its author wrote for an account or a platform stays as it was written. Pure.
 * @param at when it is to be public
 * @throws Refusal `unknown_account`, `account_disconnected` for the source
 */
export function shareAlong(
  world: Pick<World, "adapters">,
  sharing: Sharing,
  content: PostContent,
  linkedFrom: string,
  at: Date,
): SharedPost {
  const source = sourceOf(sharing, linkedFrom);
  const item = itemOf(sharing, content, at);
  const warnings: RefusalIssue[] = [];
  const reached = spread(sharing.links, source.id, (hop) => passes(sharing, hop, item, warnings));
  if (reached.length === 0 && warnings.length === 0) warnings.push(alone(source));
  const first = {
    text: chosen(content, source, "text").value,
    link: chosen(content, source, "link").value,
  };
  const variants = reached.map(
    (reach) =>
      [reach.accountId, variantAlong(world, sharing, content, { origin: source, first }, reach)] as const,
  );
  const got = new Set(reached.map(({ accountId }) => accountId));
  return {
    content: {
      ...content,
      accounts: [...new Set([...content.accounts, source.id, ...got])],
      variants: { ...content.variants, ...Object.fromEntries(variants) },
    },
    warnings: warnings.filter(({ accountId = "" }) => !got.has(accountId)),
  };
}

function alone({ id: accountId, handle, platform }: LinkedAccount): RefusalIssue {
  const message = `No link begins at ${handle}: the post goes there alone`;
  return { pointer: "/linkedFrom", code: "link_none", message, accountId, platform };
}

function sourceOf({ accounts }: Sharing, id: string): LinkedAccount {
  const account = accounts.get(id);
  const pointer = "/linkedFrom";
  if (!account)
    throw new Refusal("unknown_account", "There is no such account.", {
      issues: [{ pointer, code: "unknown_account", message: "There is no such account" }],
    });
  if (account.state !== "disconnected") return account;
  const message = `${account.handle} was disconnected`;
  throw new Refusal("account_disconnected", `${message}.`, {
    issues: [{ pointer, code: "account_disconnected", message }],
  });
}

/** What was written here is no answer and no repost, and in no language that is known. */
function itemOf({ kinds }: Sharing, { text, media }: PostContent, at: Date): SharedItem {
  const files = media.flatMap(({ id }) => kinds.get(id) ?? []);
  return { text, kinds: files, language: null, isReply: false, isRepost: false, at };
}

function passes(
  sharing: Sharing,
  { link, to }: Hop<Link>,
  item: SharedItem,
  warnings: RefusalIssue[],
): boolean {
  const account = sharing.accounts.get(to);
  if (!account || account.state === "disconnected") return false;
  const why = whyNotShared(link, item);
  if (why === null) return true;
  const { id: accountId, platform, handle } = account;
  const message = `Not shared with ${handle}: ${notSharedWords[why]}`;
  warnings.push({ pointer: "/linkedFrom", code: `link_${why}`, message, accountId, platform });
  return false;
}
