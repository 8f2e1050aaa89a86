import type { Adapter } from "../adapters/contract/adapter.ts";
import type { Platform } from "../domain/platform.ts";
import type { Media, Options, Variant } from "../domain/post.ts";
import type { RefusalIssue } from "../domain/refusal.ts";
import { chosen } from "./chosen.ts";
import type { MediaUse, PostContent } from "./post-content.ts";

/** An account as far as writing a post for it goes. */
export interface TargetAccount {
  readonly id: string;
  readonly platform: Platform;
  readonly handle: string;
  readonly state: "active" | "held" | "paused" | "disconnected";
}

/** What one account gets: the post, then the parts of its thread, the first comment last. */
export interface Target {
  readonly account: TargetAccount;
  readonly adapter: Adapter<never>;
  readonly parts: readonly Part[];
  /** What the platform has no place for. */
  readonly warnings: readonly RefusalIssue[];
}

export interface Part {
  readonly variant: Variant;
  /** Where in the request each field of it came from. */
  readonly pointers: {
    readonly text: string;
    readonly link: string;
    readonly media: string;
    readonly options: string;
  };
}

/** The post as each of its accounts is to show it. Pure. A variant by account wins over one by platform over the post. */
export function expandPost(
  content: PostContent,
  accounts: readonly TargetAccount[],
  media: ReadonlyMap<string, Media>,
  adapters: Readonly<Record<Platform, Adapter<never>>>,
): Target[] {
  return accounts.map((account) => expandFor(content, account, media, adapters[account.platform]));
}

function expandFor(
  content: PostContent,
  account: TargetAccount,
  media: ReadonlyMap<string, Media>,
  adapter: Adapter<never>,
): Target {
  const options = optionsFor(content, account);
  const warnings: RefusalIssue[] = [];
  const parts = [mainPart(content, account, media, options)];
  const thread = chosen(content, account, "thread");
  if (thread.value.length > 0 && !adapter.capabilities.thread)
    warnings.push(leftOut("thread", `${adapter.displayName} has no threads`, thread.pointer, account));
  else parts.push(...replies(thread, media, options));
  const comment = chosen(content, account, "firstComment");
  if (comment.value !== null && !adapter.capabilities.firstComment)
    warnings.push(
      leftOut("first_comment", `${adapter.displayName} takes no first comment`, comment.pointer, account),
    );
  else if (comment.value !== null) parts.push(firstComment(comment.value, comment.pointer, options));
  return { account, adapter, parts, warnings };
}

interface SourcedOptions {
  readonly value: Options;
  readonly pointer: string;
}

function mainPart(
  content: PostContent,
  account: TargetAccount,
  media: ReadonlyMap<string, Media>,
  options: SourcedOptions,
): Part {
  const [text, link, files] = [
    chosen(content, account, "text"),
    chosen(content, account, "link"),
    chosen(content, account, "media"),
  ];
  return {
    variant: {
      role: "post",
      text: text.value,
      link: link.value,
      media: files.value.map((use) => withFacts(use, media)),
      options: options.value,
    },
    pointers: { text: text.pointer, link: link.pointer, media: files.pointer, options: options.pointer },
  };
}

function replies(
  thread: { readonly value: PostContent["thread"]; readonly pointer: string },
  media: ReadonlyMap<string, Media>,
  options: SourcedOptions,
): Part[] {
  return thread.value.map((part, index) => {
    const at = `${thread.pointer}/${index}`;
    const files = part.media.map((use) => withFacts(use, media));
    return {
      variant: { role: "reply", text: part.text, link: null, media: files, options: options.value },
      pointers: { text: `${at}/text`, link: at, media: `${at}/media`, options: options.pointer },
    };
  });
}

function firstComment(text: string, pointer: string, options: SourcedOptions): Part {
  return {
    variant: { role: "comment", text, link: null, media: [], options: options.value },
    pointers: { text: pointer, link: pointer, media: pointer, options: options.pointer },
  };
}

/** Options of the account are laid over those of its platform, one by one. */
function optionsFor(content: PostContent, account: TargetAccount): SourcedOptions {
  const own = content.variants[account.id]?.options;
  const shared = content.variants[account.platform]?.options;
  const owner = own || !shared ? account.id : account.platform;
  return { value: { ...shared, ...own }, pointer: `/variants/${owner}/options` };
}

function withFacts(use: MediaUse, media: ReadonlyMap<string, Media>): Media {
  const file = media.get(use.id);
  if (!file) throw new Error("Files are looked up before a post is expanded");
  return use.altText === undefined ? file : { ...file, altText: use.altText };
}

function leftOut(what: string, why: string, pointer: string, account: TargetAccount): RefusalIssue {
  const { id: accountId, platform } = account;
  return { pointer, code: `${what}_left_out`, message: `${why}: it was left out`, accountId, platform };
}
