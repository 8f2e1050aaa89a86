import { resolveWallTime, showIn } from "../../domain/wall-time.ts";
import type { HttpAnswer } from "../contract/adapter.ts";
import type { BudgetReading } from "../contract/capabilities.ts";
import { msUntil } from "../contract/transport.ts";

/**
 * "Daily limits are per calendar day", by the clocks of Tumblr's servers. Their zone is not named, but the `reset_at`
 * of https://www.tumblr.com/docs/en/api/v2#userlimits--get-a-users-limits (checked 2026-11) is midnight in New York.
 */
export const dayIn = "America/New_York";
const dayMs = 24 * 60 * 60_000;

export function msUntilNextDay(now: Date): number {
  const today = showIn(dayIn, now).slice(0, "2026-01-01".length);
  const tomorrow = new Date(Date.parse(`${today}T00:00Z`) + dayMs).toISOString().slice(0, today.length);
  const midnight = resolveWallTime({ local: `${tomorrow}T00:00`, zone: dayIn });
  return midnight.is === "one" ? msUntil(midnight.instant, now) : dayMs;
}

/** What is left of the hour and of the day; all accounts of one app share them, and every request counts. */
export function readBudget(headers: HttpAnswer["headers"]): BudgetReading[] {
  return ["perhour", "perday"].flatMap((window): BudgetReading[] => {
    const remaining = wholeNumber(headers.get(`x-ratelimit-${window}-remaining`));
    const seconds = wholeNumber(headers.get(`x-ratelimit-${window}-reset`));
    if (remaining === undefined || seconds === undefined) return [];
    return [{ scope: "app", of: "requests", remaining, resetMs: seconds * 1000 }];
  });
}

/** Until every window that is used up is full again; undefined where none is said to be. */
export function msUntilReset(headers: HttpAnswer["headers"]): number | undefined {
  const usedUp = readBudget(headers).filter(({ remaining }) => remaining === 0);
  return usedUp.length === 0 ? undefined : Math.max(...usedUp.map(({ resetMs }) => resetMs));
}

function wholeNumber(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}
