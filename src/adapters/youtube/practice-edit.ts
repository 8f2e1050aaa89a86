import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { commentResource, refusalOf } from "./practice-comments.ts";
import { snippetFrom, snippetUpdate } from "./practice-metadata.ts";
import { forbidden, problem, videoNotFound } from "./practice-problems.ts";
import { misfit, picked } from "./practice-shapes.ts";
import { type Channel, comments, videos } from "./practice-state.ts";
import { videoIn, videoResource } from "./practice-videos.ts";

/** PUT /youtube/v3/videos?part=snippet: the words of a video. */
export function editVideo(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const wrong = misfit(request, { query: [], parts: ["snippet"], body: snippetUpdate });
  if (wrong) return wrong;
  const video = videoIn(request, network);
  if (!video) return videoNotFound();
  if (video.channelId !== channel.id) return forbidden();
  const snippet = snippetFrom((request.json as { snippet?: unknown }).snippet);
  if ("status" in snippet) return snippet;
  const changed = { ...video, ...snippet };
  videos(network).put(video.id, changed);
  const shown = network.post(video.id);
  const { title, tags, description: text } = changed;
  if (shown) network.edit(shown, { text, extra: { title, tags: tags.join(", ") } });
  return { status: 200, body: videoResource(changed, request.query, network) };
}

/** PUT /youtube/v3/comments?part=snippet */
export function editComment(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const body = { id: null, snippet: { textOriginal: null } };
  const wrong = misfit(request, { query: [], parts: ["snippet"], body });
  if (wrong) return wrong;
  const { id, snippet } = request.json as { id?: unknown; snippet?: { textOriginal?: unknown } };
  const comment = comments(network).get(String(id));
  if (!comment)
    return problem(404, "commentNotFound", "The specified comment could not be found.", "youtube.comment");
  if (comment.channelId !== channel.id) return forbidden();
  const text = String(snippet?.textOriginal ?? "").trim();
  const refusal = refusalOf(text);
  if (refusal) return refusal;
  const changed = { ...comment, text };
  comments(network).put(comment.id, changed);
  const shown = network.post(comment.id);
  if (shown) network.edit(shown, { text });
  const { snippet: shownSnippet } = commentResource(changed, network);
  return { status: 200, body: picked("comment", comment.id, { snippet: shownSnippet }, request.query) };
}
