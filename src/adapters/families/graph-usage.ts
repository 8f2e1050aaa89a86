import type { HttpAnswer } from "../contract/adapter.ts";
import type { BudgetReading } from "../contract/capabilities.ts";

interface Usage {
  readonly type?: unknown;
  readonly call_count?: unknown;
  readonly total_time?: unknown;
  readonly total_cputime?: unknown;
  readonly estimated_time_to_regain_access?: unknown;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * How long the platform keeps us out, from `X-Business-Use-Case-Usage`: the only time Meta ever names, in minutes.
 * `X-App-Usage` carries percentages of a rolling hour and no time, so nothing is made up from it.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting (checked 2026-11)
 * @param useCase null: any; a platform with a host of its own counts nothing else there
 */
export function regainAccessMs(headers: HttpAnswer["headers"], useCase: string | null): number | undefined {
  const longest = Math.max(0, ...byUseCase(headers, useCase).map(regainMs));
  return longest === 0 ? undefined : longest;
}

/**
 * Meta tells percentages, not numbers: how many calls are left is known only when there are none. Where it names no
 * time, the rolling hour it counts over is the longest it can take.
 */
export function readGraphBudget(
  headers: HttpAnswer["headers"],
  useCase: string | null,
): readonly BudgetReading[] {
  const app = parsed(headers.get("x-app-usage"));
  return [
    ...(isUsage(app) && isSpent(app) ? [none("app", hourMs)] : []),
    ...byUseCase(headers, useCase)
      .filter(isSpent)
      .map((usage) => none("account", regainMs(usage) || hourMs)),
  ];
}

function byUseCase(headers: HttpAnswer["headers"], useCase: string | null): readonly Usage[] {
  const header = parsed(headers.get("x-business-use-case-usage"));
  const usages: unknown[] = isUsage(header) ? Object.values(header).flat() : [];
  return usages.filter(isUsage).filter(({ type }) => useCase === null || type === useCase);
}

/** 0 while we are not kept out. No window of Meta's is longer than a day. */
function regainMs({ estimated_time_to_regain_access: minutes }: Usage): number {
  const ms = Number(minutes) * minuteMs;
  return ms > 0 ? Math.min(ms, dayMs) : 0;
}

function isSpent(usage: Usage): boolean {
  const percents = [usage.call_count, usage.total_time, usage.total_cputime].map(Number);
  return regainMs(usage) > 0 || percents.some((percent) => percent >= 100);
}

function none(scope: BudgetReading["scope"], resetMs: number): BudgetReading {
  return { scope, of: "requests", remaining: 0, resetMs };
}

function isUsage(value: unknown): value is Usage {
  return typeof value === "object" && value !== null;
}

function parsed(header: string | null): unknown {
  try {
    return JSON.parse(header ?? "");
  } catch {
    return undefined;
  }
}
