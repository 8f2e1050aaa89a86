import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { channelOf } from "./practice-access.ts";
import { newVideoFrom, videoBody } from "./practice-metadata.ts";
import { badRequest, problem, unauthorized } from "./practice-problems.ts";
import { misfit } from "./practice-shapes.ts";
import {
  type Channel,
  channels,
  newId,
  type Session,
  sessions,
  type Video,
  videos,
} from "./practice-state.ts";
import { show, videoResource } from "./practice-videos.ts";
import { keepWhole } from "./practice-whole.ts";

const chunkUnit = 256 * 1024;
const maxBytes = 274_877_906_944;
const sessionLifeMs = 7 * 24 * 60 * 60_000;
const processingMs = 2000;

/** POST /upload/youtube/v3/videos?uploadType=resumable: checks what is said of the video, and gives the session's address. */
export function openSession(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const known = { query: ["uploadType", "notifySubscribers"], parts: ["snippet", "status"], body: videoBody };
  const wrong = misfit(request, known);
  if (wrong) return wrong;
  if (request.query.get("uploadType") !== "resumable") return badRequest("Only resumable uploads here");
  const { "x-upload-content-length": length, "x-upload-content-type": type = "" } = request.headers;
  const bytes = Number(length);
  if (!/^(video\/.+|application\/octet-stream)$/.test(String(type)))
    return problem(400, "badContent", `Media type '${type}' is not supported. Valid media types: [video/*]`);
  if (!(bytes > 0 && bytes <= maxBytes))
    return problem(400, "mediaBodyRequired", "The request does not include the video content.");
  const video = newVideoFrom(request.json as Record<string, unknown>);
  if ("status" in video) return video;
  const id = newId("session");
  const openedAt = network.now().toISOString();
  sessions(network).put(id, { channelId: channel.id, video, bytes, parts: [], openedAt, videoId: null });
  const query = new URLSearchParams({ uploadType: "resumable", part: "snippet,status", upload_id: id });
  // Under the name we were asked by: workers may know this network under another one than people do.
  const here = `http://${request.headers.host}${new URL(network.baseUrl).pathname}`;
  const location = `${here}/upload/youtube/v3/videos?${query}`;
  return { status: 200, headers: { location, "x-guploader-uploadid": id } };
}

/** PUT to the session's address, which is enough by itself: a chunk, the whole file, or the question how far it is. */
export async function putSession(request: PracticeRequest, network: PracticeNetwork): Promise<PracticeReply> {
  if (request.token !== undefined && !channelOf(request, network)) return unauthorized();
  const id = request.query.get("upload_id") ?? "";
  const session = sessions(network).get(id);
  if (!session) return { status: 404, body: "Not Found" };
  if (Date.parse(session.openedAt) + sessionLifeMs <= network.now().getTime())
    return { status: 410, body: "Gone" };
  if (session.videoId !== null) return done(session.videoId, network);
  const range = request.headers["content-range"] ?? `bytes 0-${session.bytes - 1}/${session.bytes}`;
  if (range === `bytes */${session.bytes}`) return incomplete(session);
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? [];
  const [from, to] = [Number(first), Number(last)];
  const size = to - from + 1;
  const fits = Number(total) === session.bytes && size > 0 && request.raw?.bytes === size;
  if (!request.raw || !fits) return badRequest("Failed to parse Content-Range header.");
  if (from !== received(session)) return incomplete(session); // it says where to go on, and keeps what it has
  const isLast = to === session.bytes - 1;
  if (!isLast && size % chunkUnit !== 0) return badRequest(`Chunks must be multiples of ${chunkUnit} bytes.`);
  const more = { ...session, parts: [...session.parts, request.raw] };
  sessions(network).put(id, more);
  return isLast ? await complete(id, more, network) : incomplete(more);
}

async function complete(id: string, session: Session, network: PracticeNetwork): Promise<PracticeReply> {
  const { url, failure } = await keepWhole(session.parts, network);
  const now = network.now();
  const video: Video = {
    ...session.video,
    id: newId("video"),
    channelId: session.channelId,
    url,
    failure,
    thumbnailUrl: null,
    uploadedAt: now.toISOString(),
    readyAt: new Date(now.getTime() + processingMs).toISOString(),
    publishedAt: null,
  };
  videos(network).put(video.id, video);
  const channel = channels(network).get(video.channelId);
  if (channel && video.privacyStatus !== "private" && failure === null) show(video, channel, network);
  sessions(network).put(id, { ...session, parts: [], videoId: video.id });
  return done(video.id, network);
}

function done(videoId: string, network: PracticeNetwork): PracticeReply {
  const video = videos(network).get(videoId);
  if (!video) return { status: 410, body: "Gone" };
  const query = new URLSearchParams({ part: "snippet,status" });
  return { status: 200, body: videoResource(video, query, network) };
}

function incomplete(session: Session): PracticeReply {
  const bytes = received(session);
  return { status: 308, ...(bytes > 0 && { headers: { range: `bytes=0-${bytes - 1}` } }) };
}

function received({ parts }: Session): number {
  return parts.reduce((sum, part) => sum + part.bytes, 0);
}
