import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { forbidden, missingParameter, problem, reasonOf } from "./practice-problems.ts";
import { listing, misfit, picked, type Shape } from "./practice-shapes.ts";
import { type Channel, type Comment, channels, comments, newId } from "./practice-state.ts";
import { visible } from "./practice-videos.ts";

const maxCharacters = 10_000;
const threadBody: Shape = {
  snippet: { channelId: null, videoId: null, topLevelComment: { snippet: { textOriginal: null } } },
};
const refusal = (status: number, reason: string, message: string) =>
  problem(status, reason, message, "youtube.commentThread");

/** POST /youtube/v3/commentThreads */
export function addComment(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const reply = add(channel, request, network);
  if (reply.status !== 200) network.refuse(textIn(request), reasonOf(reply));
  return reply;
}

function add(channel: Channel, request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const wrong = misfit(request, { query: [], parts: ["snippet"], body: threadBody });
  if (wrong) return wrong;
  const text = textIn(request).trim();
  const { videoId = "" } = (request.json as { snippet?: { videoId?: string } }).snippet ?? {};
  const video = visible(videoId, channel, network);
  if (!video) return refusal(404, "videoNotFound", "The video identified by videoId could not be found.");
  if (video.privacyStatus === "private") return forbidden();
  if (video.selfDeclaredMadeForKids)
    return refusal(403, "commentsDisabled", "The video identified by videoId has disabled comments.");
  const unfit = refusalOf(text);
  if (unfit) return unfit;
  const id = newId("comment");
  const at = network.now().toISOString();
  const comment: Comment = { id, videoId, channelId: channel.id, text, at };
  comments(network).put(id, comment);
  const { handle, name } = channel;
  network.publish({
    id,
    accountId: channel.id,
    handle,
    name,
    text,
    link: null,
    media: [],
    replyTo: videoId,
    createdAt: at,
    extra: {},
  });
  return { status: 200, body: threadResource(comment, request.query, network) };
}

/** What is wrong with a comment's words. */
export function refusalOf(text: string): PracticeReply | undefined {
  if (text === "") return refusal(400, "commentTextRequired", "The comment resource must have a text.");
  if ([...text].length > maxCharacters)
    return refusal(400, "commentTextTooLong", "The comment resource has a text that is too long.");
  return undefined;
}

/** GET /youtube/v3/commentThreads?videoId=: newest first. */
export function readThreads(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const known = ["videoId", "order", "textFormat", "maxResults", "pageToken"];
  const wrong = misfit(request, { query: known, parts: ["snippet", "replies"] });
  if (wrong) return wrong;
  const videoId = request.query.get("videoId");
  if (videoId === null) return missingParameter("videoId");
  const video = visible(videoId, channel, network);
  if (!video) return refusal(404, "videoNotFound", "The video identified by videoId could not be found.");
  if (video.selfDeclaredMadeForKids)
    return refusal(403, "commentsDisabled", "The video identified by videoId has disabled comments.");
  const below = comments(network)
    .list()
    .flatMap(([, comment]) => (comment.videoId === videoId ? [comment] : []))
    .reverse();
  const items = below.map((comment) => threadResource(comment, request.query, network));
  return listing("commentThread", items, request.query);
}

/** GET /youtube/v3/comments?id= */
export function readComments(
  _channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const wrong = misfit(request, { query: ["id", "textFormat", "maxResults"], parts: ["snippet"] });
  if (wrong) return wrong;
  const ids = request.query.get("id")?.split(",");
  if (!ids) return missingParameter("id");
  const found = ids.flatMap((id) => comments(network).get(id) ?? []);
  const items = found.map((comment) => commentResource(comment, network));
  return listing("comment", items, request.query);
}

/** DELETE /youtube/v3/comments?id= */
export function deleteComment(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const comment = comments(network).get(request.query.get("id") ?? "");
  if (!comment)
    return problem(404, "commentNotFound", "The specified comment could not be found.", "youtube.comment");
  if (comment.channelId !== channel.id) return forbidden();
  comments(network).delete(comment.id);
  network.remove(comment.id);
  return { status: 204 };
}

function threadResource(comment: Comment, query: URLSearchParams, network: PracticeNetwork) {
  const { id, videoId, channelId } = comment;
  const topLevelComment = commentResource(comment, network);
  const snippet = {
    channelId,
    videoId,
    topLevelComment,
    canReply: true,
    totalReplyCount: 0,
    isPublic: true,
  };
  return picked("commentThread", id, { snippet }, query);
}

export function commentResource({ id, videoId, channelId, text, at }: Comment, network: PracticeNetwork) {
  const snippet = {
    channelId,
    videoId,
    textDisplay: text,
    textOriginal: text,
    authorDisplayName: `@${channels(network).get(channelId)?.handle}`,
    authorChannelId: { value: channelId },
    likeCount: 0,
    publishedAt: at,
    updatedAt: at,
  };
  return { kind: "youtube#comment", etag: `etag-${id}`, id, snippet };
}

function textIn({ json }: PracticeRequest): string {
  const body = json as
    | { snippet?: { topLevelComment?: { snippet?: { textOriginal?: unknown } } } }
    | null
    | undefined;
  const text = body?.snippet?.topLevelComment?.snippet?.textOriginal;
  return typeof text === "string" ? text : "";
}
