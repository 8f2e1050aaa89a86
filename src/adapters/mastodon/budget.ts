import type { HttpAnswer } from "../contract/adapter.ts";
import type { BudgetReading } from "../contract/capabilities.ts";
import { msUntil } from "../contract/transport.ts";

/** The server says the same of all requests and, after a post, of posts: it does not tell which. */
export function readBudget(headers: HttpAnswer["headers"], now: Date): readonly BudgetReading[] {
  const remaining = headers.get("x-ratelimit-remaining") ?? "";
  const resetMs = msUntilReset(headers, now);
  if (!/^\d{1,9}$/.test(remaining) || resetMs === undefined) return [];
  return [{ scope: "account", of: "requests", remaining: Number(remaining), resetMs }];
}

/** ISO 8601, unlike everyone else's. https://docs.joinmastodon.org/api/rate-limits/ (checked 2026-11) */
export function msUntilReset(headers: HttpAnswer["headers"], now: Date): number | undefined {
  const at = new Date(headers.get("x-ratelimit-reset") ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : msUntil(at, now);
}
