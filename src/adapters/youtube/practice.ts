import { randomBytes } from "node:crypto";
import type {
  PracticeNetwork,
  PracticePlatform,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { guarded, reading, uploading, writing } from "./practice-access.ts";
import { addComment, deleteComment, readComments, readThreads } from "./practice-comments.ts";
import { editComment, editVideo } from "./practice-edit.ts";
import { look } from "./practice-look.ts";
import { addItem, readItems, readPlaylists } from "./practice-playlists.ts";
import { missingParameter, rateLimited, unauthorized } from "./practice-problems.ts";
import { listing, misfit, picked } from "./practice-shapes.ts";
import { signIn } from "./practice-sign-in.ts";
import { type Channel, channels, newId, playlists, tokens, uploadsPlaylist } from "./practice-state.ts";
import { setThumbnail } from "./practice-thumbnails.ts";
import { openSession, putSession } from "./practice-upload.ts";
import { deleteVideo, readVideos, updateVideo } from "./practice-videos.ts";

const v3 = "/youtube/v3";
const routes: readonly PracticeRoute[] = [
  { method: "GET", path: `${v3}/channels`, handle: guarded(reading, readChannel) },
  { method: "POST", path: `/upload${v3}/videos`, handle: guarded(uploading, openSession) },
  { method: "PUT", path: `/upload${v3}/videos`, handle: putSession },
  { method: "POST", path: `/upload${v3}/thumbnails/set`, handle: guarded(writing, setThumbnail) },
  { method: "GET", path: `${v3}/videos`, handle: guarded(reading, readVideos) },
  {
    method: "PUT",
    path: `${v3}/videos`,
    publishes: (request) => !isOfWords(request),
    handle: guarded(writing, (channel, request, network) =>
      (isOfWords(request) ? editVideo : updateVideo)(channel, request, network),
    ),
  },
  { method: "DELETE", path: `${v3}/videos`, handle: guarded(writing, deleteVideo) },
  { method: "GET", path: `${v3}/playlists`, handle: guarded(reading, readPlaylists) },
  { method: "GET", path: `${v3}/playlistItems`, handle: guarded(reading, readItems) },
  { method: "POST", path: `${v3}/playlistItems`, handle: guarded(writing, addItem) },
  { method: "GET", path: `${v3}/commentThreads`, handle: guarded(reading, readThreads) },
  {
    method: "POST",
    path: `${v3}/commentThreads`,
    publishes: () => true,
    handle: guarded(writing, addComment),
  },
  { method: "GET", path: `${v3}/comments`, handle: guarded(reading, readComments) },
  { method: "PUT", path: `${v3}/comments`, handle: guarded(writing, editComment) },
  { method: "DELETE", path: `${v3}/comments`, handle: guarded(writing, deleteComment) },
  { method: "GET", path: "/watch", handle: watch },
];

/** The YouTube Data API v3 as far as the adapter uses it. */
export const practice: PracticePlatform = {
  platform: "youtube",
  look,
  register,
  signIn,
  routes,
  unauthorized,
  rateLimited,
};

/** An update of what a video says, and not of who may see it. */
function isOfWords({ query }: PracticeRequest): boolean {
  return query.get("part") === "snippet";
}

/** A channel comes with two playlists, so that there is something to choose from. */
function register(network: PracticeNetwork, handle: string): ReturnType<PracticePlatform["register"]> {
  const known = channels(network)
    .list()
    .find(([, channel]) => channel.handle.toLowerCase() === handle.toLowerCase())?.[1];
  const channel = known ?? { id: newId("channel"), handle, name: nameFrom(handle) };
  if (!known) {
    channels(network).put(channel.id, channel);
    for (const title of ["Campaigns", "Our work"]) {
      const id = newId("playlist");
      playlists(network).put(id, { id, channelId: channel.id, title, items: [] });
    }
  }
  const accessToken = `ya29.${randomBytes(32).toString("base64url")}`;
  tokens(network).put(accessToken, channel.id);
  const { id: externalId, name } = channel;
  return { externalId, handle: channel.handle, name, credentials: { accessToken } };
}

/** GET /youtube/v3/channels?mine=true */
function readChannel(channel: Channel, request: PracticeRequest): PracticeReply {
  const { query } = request;
  const parts = ["snippet", "contentDetails", "statistics", "status"];
  const wrong = misfit(request, { query: ["mine"], parts });
  if (wrong) return wrong;
  if (query.get("mine") !== "true") return missingParameter("mine");
  const { id, handle, name } = channel;
  const shown = {
    snippet: { title: name, description: "", customUrl: `@${handle}` },
    contentDetails: { relatedPlaylists: { likes: "LL", uploads: uploadsPlaylist(id) } },
    statistics: { viewCount: "0", subscriberCount: "0", hiddenSubscriberCount: false, videoCount: "0" },
    status: { privacyStatus: "public", isLinked: true, longUploadsStatus: "allowed" },
  };
  return listing("channel", [picked("channel", id, shown, query)], query);
}

/** Where people look at a video, or at a comment below it. */
function watch({ query }: PracticeRequest, { baseUrl }: PracticeNetwork): PracticeReply {
  const id = query.get("lc") ?? query.get("v") ?? "";
  return { status: 302, headers: { location: `${baseUrl}/posts/${encodeURIComponent(id)}` } };
}

/** `water_for_all` → `Water For All` */
function nameFrom(handle: string): string {
  return handle
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}
