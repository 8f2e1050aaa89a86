import type { HttpAnswer } from "../contract/adapter.ts";
import type { BudgetReading } from "../contract/capabilities.ts";

type Headers = HttpAnswer["headers"];

/**
 * What is left of the requests of one kind (reading, writing) for this account. A header is a list, of which the first
 * number counts. https://developers.pinterest.com/docs/reference/rate-limits (checked 2026-11)
 */
export function readBudget(headers: Headers): readonly BudgetReading[] {
  const remaining = firstNumber(headers.get("x-ratelimit-remaining"));
  const resetMs = msUntilReset(headers);
  if (remaining === undefined || resetMs === undefined) return [];
  return [{ scope: "account", of: "requests", remaining, resetMs }];
}

/** Pinterest names seconds from now. */
export function msUntilReset(headers: Headers): number | undefined {
  const seconds = firstNumber(headers.get("x-ratelimit-reset"));
  return seconds === undefined ? undefined : seconds * 1000;
}

function firstNumber(header: string | null): number | undefined {
  const digits = /^\s*(\d+)/.exec(header ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
