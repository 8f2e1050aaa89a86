import type { Call } from "../contract/adapter.ts";
import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { counted, type Insights } from "../families/graph-insights.ts";
import { type InstagramCredentials, request } from "./api.ts";

const names: Readonly<Record<string, MetricName>> = {
  views: "views",
  likes: "likes",
  comments: "replies",
  shares: "reposts",
  saved: "saves",
};

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
  return counted(insights, names);
}

async function unlessTooFewViewers(read: () => Promise<Insights>): Promise<Insights> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PublishError && error.detail.code === "too_few_viewers") return { data: [] };
    throw error;
  }
}
