import type { Media, Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { multipart } from "../contract/multipart.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { idOf, pollAfterMs, preparedUntil } from "../families/graph-api.ts";
import { type FacebookCredentials, type Node, request } from "./api.ts";
import { platform } from "./errors.ts";

type Facebook = PrepareCall<FacebookCredentials>;

/**
 * Photos, videos and the post itself are made unpublished: one request then makes them public.
 * https://developers.facebook.com/docs/pages-api/posts (checked 2026-11)
 */
export async function prepare(variant: Variant, call: Facebook): Promise<Prepared> {
  if (variant.role !== "post") return { values: {}, expiresAt: "9999-12-31T23:59:59.999Z" };
  if (call.soFar?.values.postId) return call.soFar;
  const video = variant.media.find((item) => item.kind === "video");
  return video ? prepareVideo(variant, video, call) : preparePost(variant, call);
}

async function preparePost(variant: Variant, call: Facebook): Promise<Prepared> {
  const { externalId } = call.account;
  const photoIds = await Promise.all(variant.media.map((photo) => uploadPhoto(photo, call)));
  const message = messageOf(variant);
  const answer = await request<{ id?: string }>(call, {
    method: "POST",
    path: `${externalId}/feed`,
    json: {
      published: false,
      ...(message !== "" && { message }),
      ...(variant.link !== null && photoIds.length === 0 && { link: variant.link }),
      ...(photoIds.length > 0 && { attached_media: photoIds.map((id) => ({ media_fbid: id })) }),
    },
  });
  return { values: { postId: idOf(answer, platform) }, expiresAt: preparedUntil(call.now()) };
}

/** A post with photos or a video has no room for a link of its own: there it goes below the text. */
export function messageOf(variant: Pick<Variant, "role" | "text" | "link" | "media">): string {
  const alone = variant.role === "post" && variant.media.length === 0;
  return alone ? variant.text : textWithLink(variant);
}

async function uploadPhoto(photo: Media, call: Facebook): Promise<string> {
  const file = { blob: await call.media.open(photo.id), name: `photo.${photo.mimeType.slice(6)}` };
  const answer = await request<{ id?: string }>(call, {
    method: "POST",
    path: `${call.account.externalId}/photos`,
    form: multipart(
      { published: "false", ...(photo.altText !== "" && { alt_text_custom: photo.altText }) },
      { source: file },
    ),
  });
  return idOf(answer, platform);
}

async function prepareVideo(variant: Variant, video: Media, call: Facebook): Promise<Prepared> {
  const { videoId = await uploadVideo(variant, video, call), polls = "0" } = call.soFar?.values ?? {};
  const expiresAt = call.soFar?.expiresAt ?? preparedUntil(call.now());
  if (await isReady(videoId, call)) return { values: { videoId }, expiresAt };
  return {
    values: { videoId, polls: String(Number(polls) + 1) },
    expiresAt,
    pollAfterMs: pollAfterMs(Number(polls)),
  };
}

/** https://developers.facebook.com/docs/graph-api/reference/page/videos (checked 2026-11) */
async function uploadVideo(variant: Variant, video: Media, call: Facebook): Promise<string> {
  const description = messageOf(variant);
  const answer = await request<{ id?: string }>(call, {
    method: "POST",
    base: call.baseUrl.upload ?? call.baseUrl.api,
    path: `${call.account.externalId}/videos`,
    form: multipart(
      { published: "false", ...(description !== "" && { description }) },
      {
        source: {
          blob: await call.media.open(video.id),
          name: video.mimeType === "video/quicktime" ? "video.mov" : "video.mp4",
        },
      },
    ),
  });
  return idOf(answer, platform);
}

async function isReady(videoId: string, call: Facebook): Promise<boolean> {
  const video = await request<Node>(call, { method: "GET", path: videoId, query: { fields: "status" } });
  const status = video.status?.video_status;
  if (status === "error" || status === "upload_failed" || status === "expired")
    throw new PublishError(
      "invalid",
      "Facebook could not work with the video: export it again as an MP4 and upload it anew",
      { code: `video_${status}` },
    );
  return status === "ready";
}
