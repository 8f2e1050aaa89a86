import type { Media } from "../../domain/post.ts";
import { multipart } from "../contract/multipart.ts";
import { PublishError } from "../contract/publish-error.ts";
import { send } from "../contract/transport.ts";
import { type PinterestCall, registerVideo } from "./api.ts";

/**
 * Sends a video to where Pinterest says: a form at Amazon S3, its fields first and the file last, without our login,
 * which is not S3's business. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html (checked 2026-11)
 * @returns the media id, which Pinterest now works on
 */
export async function uploadVideo(item: Media, call: PinterestCall): Promise<string> {
  const file = await call.media.open(item.id);
  const { id, url, parameters } = await registerVideo(call);
  const extension = item.mimeType === "video/quicktime" ? "mov" : "mp4";
  const body = multipart(parameters, { file: { blob: file, name: `${item.id}.${extension}` } });
  const answer = await send(call, "Pinterest", url, { method: "POST", body });
  const words = await answer.text().catch(() => "");
  if (answer.ok) return id;
  if (answer.status === 400 && words.includes("EntityTooLarge"))
    throw new PublishError("invalid", "Pinterest finds the video too large: make it smaller", {
      status: answer.status,
      code: "media_too_large",
    });
  // An address that ran out, or trouble there: the next try is given a new one.
  throw new PublishError("unavailable", "Pinterest could not take the video this time; we will try again", {
    status: answer.status,
    code: "upload_failed",
  });
}
