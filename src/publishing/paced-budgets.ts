import type { Adapter } from "../adapters/contract/adapter.ts";
import type { Budget } from "../adapters/contract/capabilities.ts";
import type { PacedBudget } from "../db/hot/pace.ts";

/** Every budget of these platforms, with words for those who wait. */
export function pacedBudgets(adapters: readonly Adapter<never>[]): PacedBudget[] {
  return adapters.flatMap(({ platform, displayName, capabilities }) =>
    capabilities.budgets.map((budget) => ({
      platform,
      scope: budget.scope,
      max: budget.max,
      windowMs: budget.windowMs,
      dayIn: budget.dayIn ?? null,
      words: wordsFor(displayName, budget),
    })),
  );
}

function wordsFor(platformName: string, { scope, max, windowMs, dayIn }: Budget): string {
  const from = scope === "account" ? "from one account" : "through one app";
  return `${platformName} takes ${max} posts ${from} ${dayIn ? "a day" : `in ${duration(windowMs)}`}, and these are used up.`;
}

function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? "an hour" : `${hours} hours`;
}
