import { changeText, type Said } from "../domain/link/change-text.ts";
import { changeFor, type Link, type SharedItem } from "../domain/link/link.ts";
import { carryMentions, type Person } from "../domain/link/mentions.ts";
import { type NotShared, whyNotShared } from "../domain/link/passes.ts";
import { type Hop, type Reach, spread } from "../domain/link/spread.ts";
import type { MediaKind, Options } from "../domain/post.ts";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";
import { chosen } from "../publishing/chosen.ts";
import type { PostContent, VariantInput } from "../publishing/post-content.ts";
import type { LinkedAccount } from "./linked-account.ts";

/** What sharing needs to know of a workspace. */
export interface Sharing {
  /** Those that are active. */
  readonly links: readonly Link[];
  readonly accounts: ReadonlyMap<string, LinkedAccount>;
  readonly people: readonly Person[];
  /** Of the files that the posts use. */
  readonly kinds: ReadonlyMap<string, MediaKind>;
}

export interface SharedPost {
  readonly content: PostContent;
  /** What a link did not share, and why. */
  readonly warnings: readonly RefusalIssue[];
}

/**
 * The post as it goes to one account and, along its links, to all that share from it: one post with its variants. What
 * its author wrote for an account or a platform stays as it was written. Pure.
 * @throws Refusal `unknown_account`, `account_disconnected` for the source
 */
export function shareAlong(sharing: Sharing, content: PostContent, linkedFrom: string): SharedPost {
  const source = sourceOf(sharing, linkedFrom);
  const item = itemOf(sharing, content);
  const warnings: RefusalIssue[] = [];
  const reached = spread(sharing.links, source.id, (hop) => passes(sharing, hop, item, warnings));
  const variants = reached.map(
    (reach) => [reach.accountId, variantFor(sharing, content, source, reach)] as const,
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
function itemOf({ kinds }: Sharing, { text, media }: PostContent): SharedItem {
  const files = media.flatMap(({ id }) => kinds.get(id) ?? []);
  return { text, kinds: files, language: null, isReply: false, isRepost: false };
}

function passes(sharing: Sharing, { link, to }: Hop, item: SharedItem, warnings: RefusalIssue[]): boolean {
  const account = sharing.accounts.get(to);
  if (!account || account.state === "disconnected") return false;
  const why = whyNotShared(link.filter, item);
  if (why === null) return true;
  const { id: accountId, platform, handle } = account;
  const message = `Not shared with ${handle}: ${words[why]}`;
  warnings.push({ pointer: "/linkedFrom", code: `link_${why}`, message, accountId, platform });
  return false;
}

const words: Readonly<Record<NotShared, string>> = {
  kind: "the link shares other kinds of posts",
  language: "the link shares other languages",
  not_opted_in: "the text lacks the link's hashtag",
  opted_out: "the text has the hashtag that keeps it from being shared",
  reply: "the link shares no replies",
  repost: "the link shares no reposts",
};

function variantFor(
  sharing: Sharing,
  content: PostContent,
  source: LinkedAccount,
  reach: Reach,
): VariantInput {
  const target = sharing.accounts.get(reach.accountId) as LinkedAccount;
  const first = { text: chosen(content, source, "text").value, link: chosen(content, source, "link").value };
  const { text, link, options } = along(sharing, first, reach);
  const platform = content.variants[target.platform];
  const own = content.variants[target.id];
  const thread = chosen(content, source, "thread").value;
  const comment = chosen(content, source, "firstComment").value;
  const say = (words: string) => mentionAlong(sharing, words, reach);
  return {
    ...(platform?.text === undefined && { text }),
    ...(platform?.link === undefined && { link }),
    ...(platform?.thread === undefined && {
      thread: thread.map((part) => ({ ...part, text: say(part.text) })),
    }),
    ...(platform?.firstComment === undefined && { firstComment: comment === null ? null : say(comment) }),
    ...own,
    options: { ...options, ...platform?.options, ...own?.options },
  };
}

/** Further parts and comments keep their words; whom they mention has another handle there. */
function mentionAlong({ accounts, people }: Sharing, words: string, { path }: Reach): string {
  return path.reduce((said, { from, to }) => {
    const [source, target] = [accounts.get(from) as LinkedAccount, accounts.get(to) as LinkedAccount];
    return carryMentions(said, source.platform, target.platform, people);
  }, words);
}

/** Each link on the way changes what the one before it made. */
function along(
  { accounts, people }: Sharing,
  first: Said,
  { path }: Reach,
): Said & { readonly options: Options } {
  return path.reduce<Said & { readonly options: Options }>(
    (said, hop) => {
      const from = accounts.get(hop.from) as LinkedAccount;
      const to = accounts.get(hop.to) as LinkedAccount;
      return changeText(said, changeFor(hop.link.transform, to), { from, to, people });
    },
    { ...first, options: {} },
  );
}
