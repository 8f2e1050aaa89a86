import { textWithLink } from "../adapters/contract/text.ts";
import type { Platform } from "../domain/platform.ts";
import type { RefusalIssue } from "../domain/refusal.ts";
import { checkTarget, type TargetCheck } from "./check-target.ts";
import { resolveDueAt } from "./due-at.ts";
import { expandPost, type Part } from "./expand-post.ts";
import { lookUp, pauseWarnings, requireAccounts, requireKnown } from "./known.ts";
import type { PostInput } from "./schedule-post.ts";
import type { World } from "./world.ts";

export interface PostValidation {
  readonly ok: boolean;
  readonly targets: readonly TargetValidation[];
  /** About no target. */
  readonly warnings: readonly RefusalIssue[];
}

export interface TargetValidation {
  readonly accountId: string;
  readonly platform: Platform;
  readonly ok: boolean;
  /** As the platform counts. */
  readonly length: number;
  readonly maxLength: number;
  readonly issues: readonly RefusalIssue[];
  readonly warnings: readonly RefusalIssue[];
  readonly preview: Preview;
}

/** What will be shown there. */
export interface Preview {
  readonly text: string;
  readonly link: string | null;
  readonly media: readonly { readonly id: string; readonly altText: string }[];
  readonly thread: readonly string[];
  readonly firstComment: string | null;
}

/**
 * What would become of this post on each of its accounts. Writes nothing.
 * @throws Refusal for accounts, files and times that do not exist
 */
export async function validatePost(
  world: World,
  workspaceId: string,
  input: PostInput,
): Promise<PostValidation> {
  const { content, dueAt, warnings = [] } = input;
  if (dueAt !== null) {
    resolveDueAt(dueAt, new Date());
    requireAccounts(content);
  }
  const known = await lookUp(world, workspaceId, [content]);
  const accounts = requireKnown(content, known);
  const paused = pauseWarnings(known);
  const targets = expandPost(content, accounts, known.media, world.adapters).map((target) =>
    toValidation(checkTarget(target, content.allowMissingAltText), paused),
  );
  return { ok: targets.every((target) => target.ok), targets, warnings };
}

function toValidation(check: TargetCheck, paused: readonly RefusalIssue[]): TargetValidation {
  const { target, length, maxLength, errors, warnings } = check;
  const { account, parts } = target;
  return {
    accountId: account.id,
    platform: account.platform,
    ok: errors.length === 0,
    length,
    maxLength,
    issues: errors,
    warnings: [...paused, ...warnings],
    preview: previewOf(parts, target.adapter.capabilities.link),
  };
}

function previewOf([main, ...rest]: readonly Part[], linkGoes: "field" | "in_text"): Preview {
  const textsOf = (role: string) =>
    rest.filter(({ variant }) => variant.role === role).map(({ variant }) => variant.text);
  const { text = "", link = null, media = [] } = main?.variant ?? {};
  return {
    text: linkGoes === "in_text" ? textWithLink({ text, link }) : text,
    link,
    media: media.map(({ id, altText }) => ({ id, altText })),
    thread: textsOf("reply"),
    firstComment: textsOf("comment")[0] ?? null,
  };
}
