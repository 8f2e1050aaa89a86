import { lengthOf, validate } from "../adapters/contract/validate.ts";
import type { Issue } from "../domain/post.ts";
import type { RefusalIssue } from "../domain/refusal.ts";
import type { Part, Target } from "./expand-post.ts";

export interface TargetCheck {
  readonly target: Target;
  /** Of the main part, as the platform counts. */
  readonly length: number;
  readonly maxLength: number;
  /** What the platform cannot take. */
  readonly errors: readonly RefusalIssue[];
  /** What its author should know; never stands in the way. */
  readonly warnings: readonly RefusalIssue[];
}

/** Whether one account's platform can take what it is to get. Pure. */
export function checkTarget(target: Target, allowMissingAltText: boolean): TargetCheck {
  const { adapter, parts } = target;
  const errors: RefusalIssue[] = [];
  const warnings = [...target.warnings, ...accountWarnings(target)];
  for (const part of parts)
    for (const issue of [...validate(adapter, part.variant), ...altTextIssues(part, allowMissingAltText)])
      (issue.severity === "error" ? errors : warnings).push(toRefusalIssue(issue, part, target));
  errors.push(...threadErrors(target));
  const [main] = parts;
  return {
    target,
    length: main ? lengthOf(adapter, main.variant) : 0,
    maxLength: adapter.capabilities.text.max,
    errors: withoutRepeats(errors),
    warnings: withoutRepeats(warnings),
  };
}

/** All parts share their options: what is wrong there is said once. */
function withoutRepeats(issues: readonly RefusalIssue[]): RefusalIssue[] {
  return [...new Map(issues.map((issue) => [`${issue.code} ${issue.pointer}`, issue])).values()];
}

/** People who cannot see a picture are our readers too: leaving them out takes a decision. */
function altTextIssues(part: Part, allowed: boolean): Issue[] {
  return part.variant.media.flatMap((file, index) =>
    file.altText.trim() !== ""
      ? []
      : [
          {
            code: allowed ? "alt_text_missing" : "alt_text_required",
            field: `media/${index}`,
            message: allowed
              ? "this file has no alt text"
              : "this file needs an alt text; or send `allowMissingAltText: true`",
            severity: allowed ? "warning" : "error",
          },
        ],
  );
}

function threadErrors({ adapter, account, parts }: Target): RefusalIssue[] {
  const { thread } = adapter.capabilities;
  const replies = parts.filter((part) => part.variant.role === "reply").length;
  if (!thread || replies <= thread.maxParts) return [];
  const message = `${adapter.displayName} takes at most ${thread.maxParts} further parts, not ${replies}`;
  return [
    {
      pointer: "/thread",
      code: "thread_too_long",
      message,
      accountId: account.id,
      platform: account.platform,
    },
  ];
}

function accountWarnings({ account, adapter }: Target): RefusalIssue[] {
  if (account.state === "active") return [];
  const { id: accountId, platform, handle, state } = account;
  const why = state === "paused" ? "is paused" : "waits to be connected again";
  const message = `${handle} on ${adapter.displayName} ${why}: nothing goes out there until then`;
  return [{ pointer: "/accounts", code: `account_${state}`, message, accountId, platform }];
}

function toRefusalIssue(issue: Issue, part: Part, { account }: Target): RefusalIssue {
  const [field = "", ...rest] = issue.field.split("/");
  const base = part.pointers[field as keyof Part["pointers"]] ?? part.pointers.text;
  return {
    pointer: [base, ...rest].join("/"),
    code: issue.code,
    message: issue.message,
    accountId: account.id,
    platform: account.platform,
  };
}
