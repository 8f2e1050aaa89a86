import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { publicMetrics, type XCall } from "./api.ts";
import { inEitherSpelling } from "./spelling.ts";

/** Names what X counts; what it leaves out stays out. */
export async function metrics(externalId: string, call: XCall): Promise<Partial<Record<MetricName, number>>> {
  const found = await inEitherSpelling((parameter) => publicMetrics(call, externalId, parameter));
  if (!found) throw new PublishError("invalid", "X no longer shows this post", { code: "not-found" });
  const counts: Record<string, unknown> = {
    views: found.impression_count,
    likes: found.like_count,
    reposts: found.repost_count ?? found.retweet_count,
    replies: found.reply_count,
    saves: found.bookmark_count,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => typeof count === "number"));
}
