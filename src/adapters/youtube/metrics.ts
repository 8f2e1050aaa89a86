import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { list, type Video, type YouTubeCall } from "./api.ts";
import { isVideoId } from "./video.ts";

interface Comment {
  readonly snippet?: { readonly likeCount?: number };
}

/** What a channel hides from view is left out. */
export async function metrics(
  externalId: string,
  call: YouTubeCall,
): Promise<Partial<Record<MetricName, number>>> {
  if (!isVideoId(externalId)) return await commentMetrics(externalId, call);
  const [video] = await list<Video>(call, "videos", { part: "statistics", id: externalId });
  if (!video) throw gone();
  const { viewCount, likeCount, commentCount } = video.statistics ?? {};
  const counts = { views: viewCount, likes: likeCount, replies: commentCount };
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, count]) => (count === undefined ? [] : [[name, Number(count)]])),
  );
}

async function commentMetrics(id: string, call: YouTubeCall): Promise<Partial<Record<MetricName, number>>> {
  const [comment] = await list<Comment>(call, "comments", { part: "snippet", id });
  if (!comment) throw gone();
  const likes = comment.snippet?.likeCount;
  return likes === undefined ? {} : { likes };
}

function gone(): PublishError {
  return new PublishError("invalid", "YouTube no longer shows this", { code: "not_found" });
}
