import type { Call } from "../contract/adapter.ts";
import type { MetricName } from "../contract/capabilities.ts";
import { counted, type Insights } from "../families/graph-insights.ts";
import { request, type ThreadsCredentials } from "./api.ts";

const names: Readonly<Record<string, MetricName>> = {
  views: "views",
  likes: "likes",
  replies: "replies",
  reposts: "reposts",
  quotes: "reposts", // with words of one's own
};

/** https://developers.facebook.com/docs/threads/insights#media-insights (checked 2026-11) */
export async function metrics(
  externalId: string,
  call: Call<ThreadsCredentials>,
): Promise<Partial<Record<MetricName, number>>> {
  const insights = await request<Insights>(call, {
    method: "GET",
    path: `${externalId}/insights`,
    query: { metric: Object.keys(names).join(",") },
  });
  return counted(insights, names);
}
