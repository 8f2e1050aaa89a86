/** What went wrong, in the only terms we act on. Adapters classify; `decide` acts. */
export type PublishErrorKind =
  | "invalid" // the platform refused this content: the author must edit it
  | "unauthorized" // credentials are dead: hold the account until it reconnects
  | "forbidden" // account or app may not do this: suspended, missing scope, paid tier
  | "rate_limited" // a definite no, for now: snooze until retryAt
  | "unavailable" // failed before anything could become public: safe to retry
  | "indeterminate"; // we sent it and do not know: reconcile, never resend

export type Decision =
  | { readonly do: "fail" }
  | { readonly do: "hold_account" }
  | { readonly do: "snooze"; readonly afterMs: number } // does not use up an attempt
  | { readonly do: "retry"; readonly afterMs: number }
  | { readonly do: "reconcile" };

export const maxAttempts = 6;
const minuteMs = 60_000;
const defaultSnoozeMs = 15 * minuteMs;

/**
 * One kind, one decision.
 * @param attempt the number of this attempt, from 1
 * @param retryAfterMs what the platform asked for, if it said so
 */
export function decide(kind: PublishErrorKind, attempt: number, retryAfterMs?: number): Decision {
  switch (kind) {
    case "invalid":
    case "forbidden":
      return { do: "fail" };
    case "unauthorized":
      return { do: "hold_account" };
    case "rate_limited":
      return { do: "snooze", afterMs: Math.max(1000, retryAfterMs ?? defaultSnoozeMs) };
    case "unavailable":
      return attempt >= maxAttempts ? { do: "fail" } : { do: "retry", afterMs: backoffMs(attempt) };
    case "indeterminate":
      return { do: "reconcile" };
    default:
      return kind satisfies never; // a new kind must be decided here
  }
}

/** 15 s, 30 s, 1 min, 2 min, 4 min: all tries of an ordinary post fit inside its lateness limit. */
function backoffMs(attempt: number): number {
  return 15_000 * 2 ** (attempt - 1);
}
