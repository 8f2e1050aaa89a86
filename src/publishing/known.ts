import { findTargets } from "../db/find-targets.ts";
import type { Media } from "../domain/post.ts";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";
import type { TargetAccount } from "./expand-post.ts";
import { mediaIdsOf, type PostContent } from "./post-content.ts";
import type { World } from "./world.ts";

/** What the workspace has of the accounts and files that posts name. */
export interface Known {
  readonly accounts: ReadonlyMap<string, TargetAccount>;
  readonly media: ReadonlyMap<string, Media>;
  /** Why nothing at all goes out now; null: it does. */
  readonly paused: string | null;
  /** Why nothing may go out on this account now, if a person stopped it. */
  stop(account: TargetAccount): { readonly code: string; readonly text: string } | null;
}

/** While the whole workspace is paused a post is kept, and waits. */
export function pauseWarnings({ paused }: Known): RefusalIssue[] {
  const message = `Sending is paused, and this waits until it is resumed: ${paused}`;
  return paused === null ? [] : [{ pointer: "/accounts", code: "workspace_paused", message }];
}

/** @throws Refusal `accounts_missing`: what has a moment needs a place too */
export function requireAccounts(content: PostContent): void {
  if (content.accounts.length > 0) return;
  throw new Refusal("accounts_missing", "Say in `accounts` where this is to be posted.", {
    issues: [{ pointer: "/accounts", code: "accounts_missing", message: "names no account" }],
  });
}

/** Looks everything up that these posts name, in one go. */
export async function lookUp(
  world: World,
  workspaceId: string,
  contents: readonly PostContent[],
): Promise<Known> {
  const accountIds = new Set(contents.flatMap((content) => content.accounts));
  const mediaIds = new Set(contents.flatMap(mediaIdsOf));
  const found = await findTargets(world.db, workspaceId, {
    accountIds: [...accountIds],
    mediaIds: [...mediaIds],
  });
  const paused = found.paused ? (found.pauseReason ?? "Sending is paused") : null;
  const workspaceStop = paused === null ? null : { code: "workspace_paused", text: paused };
  return {
    accounts: new Map(found.accounts.map((account) => [account.id, account])),
    media: new Map(found.media.map((file) => [file.id, file])),
    paused,
    stop: (account) =>
      workspaceStop ??
      (account.state === "paused" ? { code: "account_paused", text: "The account is paused" } : null),
  };
}

/**
 * The accounts a post names, in its order.
 * @throws Refusal for what the workspace does not have. Another workspace's things do not exist here.
 */
export function requireKnown(content: PostContent, known: Known): TargetAccount[] {
  const accountIssues = content.accounts.flatMap((id, index) =>
    accountIssue(known.accounts.get(id), `/accounts/${index}`),
  );
  const variantIssues = Object.keys(content.variants)
    .filter((key) => key.startsWith("acc_") && !content.accounts.includes(key))
    .map((key) => ({
      pointer: `/variants/${key}`,
      code: "unknown_account",
      message: "is not one of `accounts`",
    }));
  refuse([...accountIssues, ...variantIssues]);
  refuse(mediaIssues(content, known));
  return content.accounts.map((id) => known.accounts.get(id) as TargetAccount);
}

function accountIssue(account: TargetAccount | undefined, pointer: string): RefusalIssue[] {
  if (!account) return [{ pointer, code: "unknown_account", message: "There is no such account" }];
  if (account.state !== "disconnected") return [];
  return [{ pointer, code: "account_disconnected", message: `${account.handle} was disconnected` }];
}

function mediaIssues(content: PostContent, known: Known): RefusalIssue[] {
  const unknown = mediaIdsOf(content).filter((id) => !known.media.has(id));
  return unknown.map((id) => ({
    pointer: pointerToMedia(content, id),
    code: "unknown_media",
    message: "There is no such file",
  }));
}

function pointerToMedia(content: PostContent, id: string): string {
  const index = content.media.findIndex((use) => use.id === id);
  if (index >= 0) return `/media/${index}`;
  const owner = Object.entries(content.variants).find(([, variant]) =>
    variant.media?.some((use) => use.id === id),
  );
  return owner ? `/variants/${owner[0]}/media` : "/thread";
}

function refuse(issues: readonly RefusalIssue[]): void {
  const [first] = issues;
  if (first)
    throw new Refusal(first.code as Refusal["code"], `${first.pointer}: ${first.message}.`, { issues });
}
