import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { forbidden, missingParameter, problem, videoNotFound } from "./practice-problems.ts";
import { misfit } from "./practice-shapes.ts";
import { type Channel, videos } from "./practice-state.ts";

const maxBytes = 52_428_800;

/** POST /upload/youtube/v3/thumbnails/set: a second picture takes the place of the first. */
export async function setThumbnail(
  channel: Channel,
  request: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const wrong = misfit(request, { query: ["videoId", "uploadType"] });
  if (wrong) return wrong;
  const videoId = request.query.get("videoId");
  if (videoId === null) return missingParameter("videoId");
  const video = videos(network).get(videoId);
  if (!video) return problem(404, "videoNotFound", "The video cannot be found.", "youtube.thumbnail");
  if (video.channelId !== channel.id) return forbidden();
  const { raw } = request;
  if (!raw)
    return problem(
      400,
      "mediaBodyRequired",
      "The request does not include the image content.",
      "youtube.thumbnail",
    );
  const type = await realType(raw);
  if ((type !== "image/jpeg" && type !== "image/png") || raw.bytes > maxBytes)
    return problem(400, "invalidImage", "The provided image content is invalid.", "youtube.thumbnail");
  const url = await network.keep({ ...raw, mimeType: type });
  const latest = videos(network).get(videoId);
  if (!latest) return videoNotFound();
  videos(network).put(videoId, { ...latest, thumbnailUrl: url });
  const items = [{ default: { url, width: 120, height: 90 }, high: { url, width: 480, height: 360 } }];
  return { status: 200, body: { kind: "youtube#thumbnailSetResponse", etag: "etag", items } };
}
