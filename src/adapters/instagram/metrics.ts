import type { Call } from "../contract/adapter.ts";
import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type InstagramCredentials, request } from "./api.ts";

const names: Readonly<Record<string, MetricName>> = {
  views: "views",
  likes: "likes",
  comments: "replies",
  shares: "reposts",
  saved: "saves",
};

interface Insights {
  readonly data: readonly {
    readonly name: string;
    readonly values?: readonly { readonly value?: number }[];
  }[];
}

/** https://developers.facebook.com/docs/instagram-platform/reference/instagram-media/insights (checked 2026-11) */
export async function metrics(
  externalId: string,
  call: Call<InstagramCredentials>,
): Promise<Partial<Record<MetricName, number>>> {
  const insights = await unlessTooFewViewers(() =>
    request<Insights>(call, {
      method: "GET",
      path: `${externalId}/insights`,
      query: { metric: Object.keys(names).join(",") },
    }),
  );
  const counts: Partial<Record<MetricName, number>> = {};
  for (const { name, values } of insights.data) {
    const metric = names[name];
    const value = values?.[0]?.value;
    if (metric && value !== undefined) counts[metric] = value;
  }
  return counts;
}

async function unlessTooFewViewers(read: () => Promise<Insights>): Promise<Insights> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PublishError && error.detail.code === "too_few_viewers") return { data: [] };
    throw error;
  }
}
