import type { HttpAnswer } from "../contract/adapter.ts";
import type { BudgetReading } from "../contract/capabilities.ts";
import { msUntil } from "../contract/transport.ts";

interface Window {
  readonly remaining: number;
  /** Undefined where X names no moment. */
  readonly resetMs: number | undefined;
}

// The first: https://docs.x.com/x-api/fundamentals/rate-limits (checked 2026-11). The others are sent and not documented.
const windows = {
  "x-rate-limit": { scope: "account", of: "requests" }, // of this endpoint, in 15 minutes
  "x-app-limit-24hour": { scope: "app", of: "posts" },
  "x-user-limit-24hour": { scope: "account", of: "posts" },
} as const satisfies Record<string, Pick<BudgetReading, "scope" | "of">>;

/** X counts in several windows at once: only the end of those that are used up helps. */
export function msUntilReset(headers: HttpAnswer["headers"], now: Date): number | undefined {
  const resets = Object.keys(windows)
    .map((name) => windowIn(headers, name, now))
    .flatMap((window) => (window?.remaining === 0 ? (window.resetMs ?? []) : []));
  return resets.length === 0 ? undefined : Math.max(...resets);
}

/** Every window whose headers came with an answer. */
export function readBudget(headers: HttpAnswer["headers"], now: Date): readonly BudgetReading[] {
  return Object.entries(windows).flatMap(([name, about]) => {
    const { remaining, resetMs } = windowIn(headers, name, now) ?? {};
    return remaining === undefined || resetMs === undefined ? [] : [{ ...about, remaining, resetMs }];
  });
}

/** Resets are seconds since 1970. */
function windowIn(headers: HttpAnswer["headers"], name: string, now: Date): Window | undefined {
  const [remaining, reset] = ["remaining", "reset"].map((part) => headers.get(`${name}-${part}`) ?? "");
  if (!/^\d{1,9}$/.test(remaining ?? "")) return undefined;
  const at = /^\d{1,11}$/.test(reset ?? "") ? new Date(Number(reset) * 1000) : undefined;
  return { remaining: Number(remaining), resetMs: at && msUntil(at, now) };
}
