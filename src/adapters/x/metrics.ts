import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type PublicMetrics, publicMetrics, type XCall } from "./api.ts";

/** Names what X counts; what it leaves out stays out. */
export async function metrics(externalId: string, call: XCall): Promise<Partial<Record<MetricName, number>>> {
  const found = await inEitherSpelling(externalId, call);
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

/** X renames the parameter; whichever it does not know it calls an invalid request. */
async function inEitherSpelling(id: string, call: XCall): Promise<PublicMetrics | undefined> {
  try {
    return await publicMetrics(call, id, "tweet.fields");
  } catch (error) {
    if (!(error instanceof PublishError) || error.detail.status !== 400) throw error;
    return publicMetrics(call, id, "post.fields");
  }
}
