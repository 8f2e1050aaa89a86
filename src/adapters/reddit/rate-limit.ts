import type { HttpAnswer } from "../contract/adapter.ts";
import type { BudgetReading } from "../contract/capabilities.ts";

/**
 * All users of an app share one budget of requests. `x-ratelimit-remaining` is a fraction, `x-ratelimit-reset` the
 * seconds that are left. https://support.reddithelp.com/hc/en-us/articles/16160319875092 (checked 2026-11)
 */
export function readBudget(headers: HttpAnswer["headers"]): BudgetReading[] {
  const [remaining, seconds] = [
    number(headers.get("x-ratelimit-remaining")),
    number(headers.get("x-ratelimit-reset")),
  ];
  if (remaining === undefined || seconds === undefined) return [];
  return [{ scope: "app", of: "requests", remaining: Math.floor(remaining), resetMs: seconds * 1000 }];
}

/** For a 429: what `retry-after` says, else the end of a window that is used up. */
export function msUntilAllowed(headers: HttpAnswer["headers"]): number | undefined {
  const seconds = number(headers.get("retry-after"));
  if (seconds !== undefined) return seconds * 1000;
  const [budget] = readBudget(headers);
  return budget && budget.remaining < 1 ? budget.resetMs : undefined;
}

const units = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000 };

/** For `RATELIMIT`: seconds in `json.ratelimit`, else "try again in 9 minutes", which Reddit rounds down. */
export function msInRefusal(seconds: unknown, message: string): number | undefined {
  if (typeof seconds === "number" && seconds > 0) return Math.ceil(seconds * 1000);
  const [, count, unit] = /\b(\d{1,3}|an?) (millisecond|second|minute|hour)s?\b/i.exec(message) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const unitMs = units[unit.toLowerCase() as keyof typeof units];
  return /^an?$/i.test(count) ? unitMs : (Number(count) + 1) * unitMs;
}

function number(header: string | null): number | undefined {
  const value = Number.parseFloat(header ?? "");
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
