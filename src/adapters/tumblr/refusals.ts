import type { PublishErrorKind } from "../../domain/decide.ts";

export interface Refusal {
  readonly kind: PublishErrorKind;
  readonly code?: string;
  readonly message: string;
  /** Milliseconds, or until the calendar day that Tumblr counts by is over. */
  readonly wait?: number | "next_day";
}

/** "A few minutes", says Tumblr's staff: https://github.com/tumblr/TMTumblrSDK/issues/146 (checked 2026-11) */
const transcodingMs = 3 * 60_000;

/**
 * By status and subcode: https://www.tumblr.com/docs/en/api/v2#errors-and-error-subcodes (checked 2026-11).
 * Only the limit on posts names the next day: the others concern files alone, and a text need not wait for them.
 */
export const refusals: Readonly<Record<string, Refusal>> = {
  "400.8001": {
    kind: "invalid",
    code: "format_invalid",
    message:
      "Tumblr does not accept this post as it stands. Check the length of its paragraphs, its link and its tags",
  },
  "400.8002": {
    kind: "invalid",
    code: "not_found",
    message: "The Tumblr post this one refers to is gone, or may not be answered",
  },
  "400.8005": {
    kind: "invalid",
    code: "media_type",
    message: "Tumblr cannot use one of the files. Choose another format or a smaller one",
  },
  "400.8016": {
    kind: "invalid",
    code: "format_invalid",
    message: "Tumblr does not accept this post as it stands. Check its text and files",
  },
  // Seen for a video that is still being processed, too: https://github.com/tumblr/tumblr.js/issues/73 (checked 2026-11)
  "403.8004": {
    kind: "rate_limited",
    code: "daily_media",
    message:
      "Tumblr takes no more files from this login for now: an earlier video is still being processed, or today's limit (250 pictures) is used up",
  },
  "403.8008": {
    kind: "invalid",
    code: "media_type",
    message: "Tumblr does not take a video here. Post it by itself",
  },
  "403.8010": {
    kind: "rate_limited",
    code: "video_processing",
    message: "Tumblr is still processing an earlier video of this login and takes one at a time",
    wait: transcodingMs,
  },
  "403.8011": {
    kind: "rate_limited",
    code: "daily_videos",
    message: "This login has uploaded as many videos to Tumblr as it may today (20, or an hour in all)",
  },
  "403.8022": {
    kind: "rate_limited",
    code: "queue_full",
    message: "The queue of this Tumblr blog is full. Remove posts from it at tumblr.com",
  },
  "403.8023": {
    kind: "rate_limited",
    code: "daily_posts",
    message: "This login has posted to Tumblr as often as it may today (250 posts)",
    wait: "next_day",
  },
};
