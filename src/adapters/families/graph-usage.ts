import type { HttpAnswer } from "../contract/adapter.ts";

interface Usage {
  readonly type?: unknown;
  readonly estimated_time_to_regain_access?: unknown;
}

/**
 * How long the platform keeps us out, from `X-Business-Use-Case-Usage`: the only time Meta ever names, in minutes.
 * `X-App-Usage` carries percentages of a rolling hour and no time, so nothing is made up from it.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting (checked 2026-11)
 */
export function regainAccessMs(headers: HttpAnswer["headers"], useCase: string): number | undefined {
  const minutes = entries(headers.get("x-business-use-case-usage"))
    .filter((usage) => usage.type === useCase)
    .map((usage) => Number(usage.estimated_time_to_regain_access));
  const longest = Math.max(0, ...minutes.filter(Number.isFinite));
  return longest === 0 ? undefined : longest * 60_000;
}

function entries(header: string | null): readonly Usage[] {
  try {
    return Object.values(JSON.parse(header ?? "{}") as Record<string, Usage[]>).flat();
  } catch {
    return [];
  }
}
