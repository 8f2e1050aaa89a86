import type { SourcePost } from "../contract/source-post.ts";
import type { YouTubeCall } from "./api.ts";
import { watchUrl } from "./publish.ts";
import { newestUploads, type Upload } from "./uploads.ts";

const max = 100;

/** The channel's public videos: title and description, and the video as a link, since YouTube does not hand out files. */
export async function recent(since: Date, call: YouTubeCall): Promise<readonly SourcePost[]> {
  const uploads = await newestUploads(max, call);
  return uploads
    .filter(({ privacy, at }) => privacy === "public" && at >= since)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, max)
    .map((upload) => sourcePost(upload, call));
}

function sourcePost({ videoId, title, description, at }: Upload, call: YouTubeCall): SourcePost {
  const url = watchUrl(videoId, call);
  return {
    externalId: videoId,
    externalUrl: url,
    text: description === "" ? title : `${title}\n\n${description}`,
    link: url,
    media: [],
    language: null,
    createdAt: at,
    isReply: false,
    isRepost: false,
  };
}
