import { createHash } from "node:crypto";
import { prepareAheadMs } from "../adapters/contract/prepare-ahead.ts";
import type { NewDelivery, NewPost, NewVariant } from "../db/insert-posts.ts";
import { canonicalJson } from "../domain/canonical-json.ts";
import { newId } from "../domain/ids.ts";
import type { Variant } from "../domain/post.ts";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";
import { checkTarget, type TargetCheck } from "./check-target.ts";
import type { Due } from "./due-at.ts";
import { expandPost, type Target } from "./expand-post.ts";
import { type Known, pauseWarnings, requireAccounts, requireKnown } from "./known.ts";
import { forAccounts, mediaIdsOf, type PostContent } from "./post-content.ts";
import type { World } from "./world.ts";

/** A post worked out to its rows, and what its author should be told. */
export interface PostPlan {
  readonly post: NewPost;
  readonly variants: readonly NewVariant[];
  readonly deliveries: readonly NewDelivery[];
  readonly mediaIds: readonly string[];
  readonly warnings: readonly RefusalIssue[];
  /** With `onIssue: "skip"`: the accounts it does not go to, and why. */
  readonly skipped: readonly RefusalIssue[];
}

export interface PlanInput {
  readonly content: PostContent;
  /** Null: a draft, which has no deliveries yet. */
  readonly due: Due | null;
  readonly onIssue: "refuse" | "skip";
  readonly warnings?: readonly RefusalIssue[];
}

/**
 * Works out what a post becomes for each of its accounts. Pure but for the ids it makes.
 * @param postId the post that is planned anew; absent: a new one
 * @throws Refusal `accounts_missing`, `unknown_…`, `account_disconnected`, `validation_failed`
 */
export function planPost(
  world: Pick<World, "adapters">,
  known: Known,
  input: PlanInput,
  postId = newId("post"),
): PostPlan {
  const { content, due, warnings = [] } = input;
  if (due) requireAccounts(content);
  const accounts = requireKnown(content, known);
  const checks = expandPost(content, accounts, known.media, world.adapters).map((target) =>
    checkTarget(target, content.allowMissingAltText),
  );
  const { kept, skipped } = sift(checks, input.onIssue);
  const variants = new Map<string, NewVariant>();
  const deliveries = due
    ? kept.flatMap(({ target }) => chainOf(target, { postId, due, variants, stop: known.stop }))
    : [];
  return {
    post: toNewPost(postId, input, kept),
    variants: [...variants.values()],
    deliveries,
    mediaIds: mediaIdsOf(content),
    warnings: [...warnings, ...pauseWarnings(known), ...kept.flatMap((check) => check.warnings)],
    skipped,
  };
}

function sift(
  checks: readonly TargetCheck[],
  onIssue: "refuse" | "skip",
): { kept: readonly TargetCheck[]; skipped: readonly RefusalIssue[] } {
  const kept = checks.filter((check) => check.errors.length === 0);
  const issues = checks.flatMap((check) => check.errors);
  if (issues.length === 0 || (onIssue === "skip" && kept.length > 0)) return { kept, skipped: issues };
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  throw new Refusal("validation_failed", `${first?.message}${more}. Nothing was stored.`, { issues });
}

function toNewPost(id: string, { content, due }: PlanInput, kept: readonly TargetCheck[]): NewPost {
  const accounts = kept.map((check) => check.target.account.id);
  return {
    id,
    content: forAccounts(content, accounts),
    text: content.text,
    dueAt: due?.at ?? null,
    wallTime: due?.wallTime ?? null,
    zone: due?.zone ?? null,
    timeChoice: due?.choice ?? null,
  };
}

interface ChainContext {
  readonly postId: string;
  readonly due: Due;
  /** By content: accounts that get the same share one row. */
  readonly variants: Map<string, NewVariant>;
  readonly stop: Known["stop"];
}

/** A thread or a first comment is a chain: each part waits for the one before it. */
function chainOf({ account, adapter, parts }: Target, context: ChainContext): NewDelivery[] {
  const stop = context.stop(account);
  const ids = parts.map(() => newId("dlv"));
  return parts.map(({ variant }, part) => {
    const { id: variantId, payloadHash } = variantFor(variant, context);
    return {
      id: ids[part] as string,
      postId: context.postId,
      accountId: account.id,
      platform: account.platform,
      variantId,
      payloadHash,
      dueAt: context.due.at,
      state: stop ? "held" : "scheduled",
      reasonCode: stop?.code ?? null,
      reasonText: stop?.text ?? null,
      part,
      afterId: ids[part - 1] ?? null,
      prepareAheadMs: prepareAheadMs(adapter, variant),
    };
  });
}

function variantFor(content: Variant, { postId, variants }: ChainContext): NewVariant {
  const payloadHash = createHash("sha256").update(canonicalJson(content)).digest("hex");
  const known = variants.get(payloadHash);
  if (known) return known;
  const made = { id: newId("var"), postId, content, payloadHash };
  variants.set(payloadHash, made);
  return made;
}
