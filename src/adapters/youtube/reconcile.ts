import type { Absent, Pending, Published, Question, Refused, Unknown } from "../contract/adapter.ts";
import type { YouTubeCall } from "./api.ts";
import { isProcessing, readStatus, turnedDown } from "./processing.ts";
import { checkAfterMs, published } from "./publish.ts";
import { findComment } from "./reconcile-comment.ts";
import { privacyOf } from "./video.ts";

/** A video that is public counts as published after this, however long YouTube goes on working on it. */
const patienceMs = 30 * 60_000;

/** The video tells who may see it. */
export async function reconcile(
  question: Question,
  call: YouTubeCall,
): Promise<Published | Pending | Absent | Refused | Unknown> {
  const { variant, prepared, handle, sentAt } = question;
  if (variant.role !== "post") return await findComment(question, call);
  const videoId = prepared?.values.videoId ?? handle;
  if (videoId === undefined) return { state: "unknown" };
  const status = await readStatus(videoId, call);
  if (!status) return { state: "absent" };
  const reason = turnedDown(status);
  if (reason !== undefined) return { state: "refused", code: "media_refused", message: reason };
  if (status.privacyStatus === undefined) return { state: "unknown" };
  if (status.privacyStatus !== privacyOf(variant)) return { state: "absent" };
  const waitedMs = call.now().getTime() - sentAt.getTime();
  if (isProcessing(status) && waitedMs < patienceMs)
    return { state: "pending", handle: videoId, checkAfterMs };
  return published(videoId, call);
}
