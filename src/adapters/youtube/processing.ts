import { list, type Video, type VideoStatus, type YouTubeCall } from "./api.ts";

/** https://developers.google.com/youtube/v3/docs/videos#status.failureReason (checked 2026-11) */
const failures: Readonly<Record<string, string>> = {
  emptyFile: "The video file is empty: attach it again",
  tooSmall: "The video file is too small for YouTube: attach the whole of it",
  uploadAborted: "The upload to YouTube was broken off: post the video again",
};
const cannotConvert =
  "YouTube could not convert this video: export it as an MP4 with H.264 and AAC, and post it again";

/** https://developers.google.com/youtube/v3/docs/videos#status.rejectionReason (checked 2026-11) */
const rejections: Readonly<Record<string, string>> = {
  duplicate:
    "YouTube turned this video down as a copy of one that is on the channel already: look there, and change the video if it has to go out again",
  copyright:
    "YouTube turned this video down over copyright: look in YouTube Studio, and leave out what is not yours",
  claim:
    "Somebody claims a part of this video as theirs, so YouTube does not show it: look in YouTube Studio",
  trademark: "YouTube turned this video down over a trademark: look in YouTube Studio",
  legal: "YouTube turned this video down over a legal complaint: look in YouTube Studio",
  inappropriate:
    "YouTube turned this video down as against its Community Guidelines: look in YouTube Studio, where you can appeal",
  termsOfUse:
    "YouTube turned this video down as against its terms: look in YouTube Studio, where you can appeal",
  length:
    "This video is too long for this channel: verify its phone number at youtube.com/verify, or shorten the video",
  uploaderAccountSuspended:
    "YouTube has suspended this channel: sign in at youtube.com to see what it asks for",
  uploaderAccountClosed: "This YouTube channel is closed: sign in at youtube.com to see why",
};

/** @returns undefined where there is no such video */
export async function readStatus(videoId: string, call: YouTubeCall): Promise<VideoStatus | undefined> {
  // https://developers.google.com/youtube/v3/docs/videos/list (checked 2026-11)
  const [video] = await list<Video>(call, "videos", { part: "status", id: videoId });
  return video && (video.status ?? {});
}

/** @returns why YouTube will never show this video, in words for its author; undefined where it may */
export function turnedDown(status: VideoStatus): string | undefined {
  switch (status.uploadStatus) {
    case "failed":
      return failures[status.failureReason ?? ""] ?? cannotConvert;
    case "rejected":
      return (
        rejections[status.rejectionReason ?? ""] ??
        "YouTube turned this video down: look in YouTube Studio to see why"
      );
    case "deleted":
      return "This video was deleted on YouTube";
    default:
      return undefined;
  }
}

/** Whether YouTube still works on it: people see a notice in its place, or a coarse picture. */
export function isProcessing(status: VideoStatus): boolean {
  return status.uploadStatus === "uploaded";
}
