import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { forbidden, missingParameter, problem, videoNotFound } from "./practice-problems.ts";
import { listing, misfit, picked, type Shape } from "./practice-shapes.ts";
import {
  type Channel,
  newId,
  type Playlist,
  playlists,
  uploadsPlaylist,
  type Video,
  videos,
} from "./practice-state.ts";
import { visible } from "./practice-videos.ts";

const maxItems = 5000;
const itemBody: Shape = {
  snippet: { playlistId: null, position: null, resourceId: { kind: null, videoId: null } },
};
const paging = ["maxResults", "pageToken"];

/** GET /youtube/v3/playlists?mine=true */
export function readPlaylists(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { query } = request;
  const wrong = misfit(request, { query: ["mine", ...paging], parts: ["snippet", "status"] });
  if (wrong) return wrong;
  if (query.get("mine") !== "true") return missingParameter("mine");
  const own = playlists(network)
    .list()
    .filter(([, { channelId }]) => channelId === channel.id);
  const items = own.map(([id, { title, channelId }]) =>
    picked("playlist", id, { snippet: { title, channelId }, status: { privacyStatus: "public" } }, query),
  );
  return listing("playlist", items, query);
}

/** GET /youtube/v3/playlistItems: of a playlist, or of all the channel's uploads. */
export function readItems(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { query } = request;
  const parts = ["snippet", "contentDetails", "status"];
  const wrong = misfit(request, { query: ["playlistId", "videoId", ...paging], parts });
  if (wrong) return wrong;
  const id = query.get("playlistId");
  if (id === null) return missingParameter("playlistId");
  const items = id.startsWith("UU") ? uploads(id, channel, network) : playlists(network).get(id)?.items;
  if (!items) return playlistNotFound();
  const asked = query.get("videoId");
  const shown = items
    .filter(({ videoId }) => asked === null || videoId === asked)
    .flatMap(({ id: itemId, videoId, at }) => {
      const video = visible(videoId, channel, network);
      return video ? [picked("playlistItem", itemId, itemParts(video, id, at), query)] : [];
    });
  return listing("playlistItem", shown, query);
}

/** POST /youtube/v3/playlistItems: takes a video twice, as YouTube does. */
export function addItem(channel: Channel, request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const wrong = misfit(request, { query: [], parts: ["snippet"], body: itemBody });
  if (wrong) return wrong;
  const { snippet } = request.json as {
    snippet?: { playlistId?: string; resourceId?: { videoId?: string } };
  };
  const playlist = playlists(network).get(snippet?.playlistId ?? "");
  if (!playlist) return playlistNotFound();
  if (playlist.channelId !== channel.id) return forbidden();
  const video = visible(snippet?.resourceId?.videoId ?? "", channel, network);
  if (!video) return videoNotFound();
  if (playlist.items.length >= maxItems)
    return problem(
      403,
      "playlistContainsMaximumNumberOfVideos",
      "The playlist already contains the maximum allowed number of items.",
      "youtube.playlistItem",
    );
  const item = { id: newId("item"), videoId: video.id, at: network.now().toISOString() };
  playlists(network).put(playlist.id, { ...playlist, items: [...playlist.items, item] });
  const parts = itemParts(video, playlist.id, item.at);
  return { status: 200, body: picked("playlistItem", item.id, parts, request.query) };
}

/** Newest first; a channel that never uploaded anything has no such playlist. */
function uploads(id: string, channel: Channel, network: PracticeNetwork): Playlist["items"] | undefined {
  const own = videos(network)
    .list()
    .filter(([, { channelId }]) => uploadsPlaylist(channelId) === id)
    .flatMap(([videoId, { uploadedAt }]) =>
      visible(videoId, channel, network) ? [{ id: `UU${videoId}`, videoId, at: uploadedAt }] : [],
    );
  return own.length === 0 ? undefined : own.toReversed();
}

function itemParts(video: Video, playlistId: string, at: string) {
  const { id: videoId, title, description, publishedAt, privacyStatus, channelId } = video;
  return {
    snippet: {
      publishedAt: at,
      channelId,
      title,
      description,
      playlistId,
      resourceId: { kind: "youtube#video", videoId },
    },
    contentDetails: { videoId, ...(publishedAt !== null && { videoPublishedAt: publishedAt }) },
    status: { privacyStatus },
  };
}

function playlistNotFound(): PracticeReply {
  const message = "The playlist identified with the request's playlistId parameter cannot be found.";
  return problem(404, "playlistNotFound", message, "youtube.playlistItem");
}
