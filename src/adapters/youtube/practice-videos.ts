import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { statusFrom, statusUpdate } from "./practice-metadata.ts";
import { forbidden, missingParameter, reasonOf, videoNotFound } from "./practice-problems.ts";
import { listing, misfit, picked } from "./practice-shapes.ts";
import {
  type Channel,
  comments,
  type Playlist,
  playlists,
  uploadStatus,
  type Video,
  videos,
} from "./practice-state.ts";

const readable = ["snippet", "status", "statistics", "processingDetails", "contentDetails"];

/** GET /youtube/v3/videos?id=a,b: someone else's private ones are as good as none. */
export function readVideos(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const wrong = misfit(request, { query: ["id", "maxResults", "pageToken"], parts: readable });
  if (wrong) return wrong;
  const ids = request.query.get("id")?.split(",");
  if (!ids) return missingParameter("id");
  const found = ids.flatMap((id) => visible(id, channel, network) ?? []);
  const items = found.map((video) => videoResource(video, request.query, network));
  return listing("video", items, request.query);
}

/** PUT /youtube/v3/videos?part=status: who may see it from now on. */
export function updateVideo(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const reply = update(channel, request, network);
  if (reply.status !== 200) network.refuse(videoIn(request, network)?.description ?? "", reasonOf(reply));
  return reply;
}

function update(channel: Channel, request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const wrong = misfit(request, { query: [], parts: ["status"], body: statusUpdate });
  if (wrong) return wrong;
  const video = videoIn(request, network);
  if (!video) return videoNotFound();
  if (video.channelId !== channel.id) return forbidden();
  const status = statusFrom((request.json as { status?: unknown }).status);
  if ("status" in status) return status;
  const now = network.now();
  const isFirst = video.publishedAt === null && status.privacyStatus === "public";
  const changed = { ...video, ...status, ...(isFirst && { publishedAt: now.toISOString() }) };
  videos(network).put(video.id, changed);
  if (changed.failure === null) show(changed, channel, network);
  return { status: 200, body: videoResource(changed, request.query, network) };
}

/** DELETE /youtube/v3/videos?id=: with everything below it. */
export function deleteVideo(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const wrong = misfit(request, { query: ["id"] });
  if (wrong) return wrong;
  const video = videos(network).get(request.query.get("id") ?? "");
  if (!video) return videoNotFound();
  if (video.channelId !== channel.id) return forbidden();
  videos(network).delete(video.id);
  network.remove(video.id);
  for (const [id, comment] of comments(network).list())
    if (comment.videoId === video.id) {
      comments(network).delete(id);
      network.remove(id);
    }
  return { status: 204 };
}

export function videoResource(video: Video, query: URLSearchParams, network: PracticeNetwork) {
  const { id, channelId, title, description, tags, categoryId, uploadedAt, publishedAt } = video;
  const status = uploadStatus(video, network.now());
  const commentCount = comments(network)
    .list()
    .filter(([, comment]) => comment.videoId === id).length;
  const parts = {
    snippet: { publishedAt: publishedAt ?? uploadedAt, channelId, title, description, tags, categoryId },
    status: {
      uploadStatus: status,
      ...(status === "failed" && { failureReason: video.failure }),
      privacyStatus: video.privacyStatus,
      license: "youtube",
      embeddable: true,
      publicStatsViewable: true,
      madeForKids: video.selfDeclaredMadeForKids,
      selfDeclaredMadeForKids: video.selfDeclaredMadeForKids,
    },
    statistics: {
      viewCount: "0",
      likeCount: "0",
      favoriteCount: "0",
      ...(!video.selfDeclaredMadeForKids && { commentCount: String(commentCount) }),
    },
    processingDetails: { processingStatus: status === "uploaded" ? "processing" : "succeeded" },
    contentDetails: { definition: "hd", caption: "false" },
  };
  return picked("video", id, parts, query);
}

/** @returns undefined where this channel may not see it */
export function visible(id: string, channel: Channel, network: PracticeNetwork): Video | undefined {
  const video = videos(network).get(id);
  return video && (video.channelId === channel.id || video.privacyStatus !== "private") ? video : undefined;
}

export function videoIn({ json }: PracticeRequest, network: PracticeNetwork): Video | undefined {
  const id = (json as { id?: unknown } | null | undefined)?.id;
  return typeof id === "string" ? videos(network).get(id) : undefined;
}

/** On the timeline; a private one with a note, since practising needs to be seen. */
export function show(video: Video, channel: Channel, network: PracticeNetwork): void {
  if (network.post(video.id)) return;
  const { id, title, tags, privacyStatus, url, thumbnailUrl } = video;
  const { handle, name } = channel;
  const isIn = ({ items }: Playlist) => items.some(({ videoId }) => videoId === id);
  const playlist = playlists(network)
    .list()
    .find(([, each]) => isIn(each));
  network.publish({
    id,
    accountId: channel.id,
    handle,
    name,
    text: video.description,
    link: null,
    media: [
      { url, kind: "video", altText: "" },
      ...(thumbnailUrl === null ? [] : [{ url: thumbnailUrl, kind: "image" as const, altText: "" }]),
    ],
    replyTo: null,
    createdAt: network.now().toISOString(),
    extra: {
      title,
      tags: tags.join(", "),
      visibility: privacyStatus,
      ...(playlist && { playlist: playlist[1].title }),
    },
  });
}
