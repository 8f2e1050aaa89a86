import type { MetricName } from "../contract/capabilities.ts";

export interface Insights {
  readonly data: readonly {
    readonly name: string;
    readonly values?: readonly { readonly value?: number }[];
  }[];
}

/** Meta's numbers under our names; two of them may be one of ours. What it leaves out stays out. */
export function counted(
  insights: Insights,
  names: Readonly<Record<string, MetricName>>,
): Partial<Record<MetricName, number>> {
  const counts: Partial<Record<MetricName, number>> = {};
  for (const { name, values } of insights.data) {
    const metric = names[name];
    const value = values?.[0]?.value;
    if (metric && value !== undefined) counts[metric] = (counts[metric] ?? 0) + value;
  }
  return counts;
}
