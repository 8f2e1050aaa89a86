import type { PublishErrorKind } from "../../domain/decide.ts";

export interface Refusal {
  readonly kind: PublishErrorKind;
  readonly message: string;
  /** Where YouTube documents when it goes on: at midnight in California, or a day later. */
  readonly until?: "quota_day" | "next_day";
}

export const loginGone: Refusal = {
  kind: "unauthorized",
  message: "YouTube no longer accepts this login: connect the account again",
};
export const noChannel: Refusal = {
  kind: "unauthorized",
  message:
    "This Google account has no YouTube channel yet: make one at youtube.com, then connect the account again",
};

const channelClosed = forbidden("This YouTube channel is closed: sign in at youtube.com to see why");
const channelSuspended = forbidden(
  "YouTube has suspended this channel: sign in at youtube.com to see what it asks for",
);
const quotaUsedUp: Refusal = {
  kind: "rate_limited",
  message: "The app has used up what YouTube allows it in a day: it goes on after midnight in California",
  until: "quota_day",
};
const slowDown: Refusal = { kind: "rate_limited", message: "YouTube asks us to slow down" };
const badPicture = invalid("YouTube could not use the picture for the video's cover: attach a JPEG or PNG");
const badPictureShape = invalid(
  "YouTube does not take the shape of the picture for the video's cover: use 1280 by 720 pixels",
);

/** By YouTube's `reason`. https://developers.google.com/youtube/v3/docs/errors (checked 2026-11) */
export const refusals: Readonly<Record<string, Refusal>> = {
  authError: loginGone,
  youtubeSignupRequired: noChannel,
  authenticatedUserNotChannel: noChannel,
  authenticatedUserAccountClosed: channelClosed,
  authenticatedUserAccountSuspended: channelSuspended,
  channelClosed,
  channelSuspended,
  accountDelegationForbidden: forbidden(
    "This login may not act for that YouTube channel: connect the account that owns it",
  ),
  insufficientPermissions: forbidden(
    "This login lacks a permission on YouTube: connect the account again and allow everything it asks for",
  ),
  forbiddenPrivacySetting: forbidden(
    "YouTube does not let this channel show the video to this audience: choose another setting, or look in YouTube Studio",
  ),
  forbiddenLicenseSetting: forbidden("YouTube does not let this channel choose the licence of a video"),
  forbiddenEmbedSetting: forbidden("YouTube does not let this channel choose where a video is embedded"),
  quotaExceeded: quotaUsedUp,
  dailyLimitExceeded: quotaUsedUp,
  uploadLimitExceeded: {
    kind: "rate_limited",
    message: "This channel has uploaded as many videos as YouTube allows it in a day: it goes on tomorrow",
    until: "next_day",
  },
  uploadRateLimitExceeded: slowDown,
  rateLimitExceeded: slowDown,
  userRateLimitExceeded: slowDown,
  invalidTitle: invalid("YouTube does not take this title: 1 to 100 characters, without < and >"),
  invalidDescription: invalid("YouTube does not take this text: at most 5,000 bytes, without < and >"),
  invalidTags: invalid("YouTube does not take these tags: at most 500 characters together, without < and >"),
  invalidCategoryId: invalid("YouTube does not know the category of this video"),
  invalidVideoMetadata: invalid("YouTube does not take what this post says about its video: change it"),
  mediaBodyRequired: invalid("YouTube got no video: attach it again"),
  invalidImage: badPicture,
  imageFormatUnsupported: badPicture,
  imageTooTall: badPictureShape,
  imageTooWide: badPictureShape,
  videoNotFound: invalid("This video is no longer on YouTube"),
  playlistNotFound: invalid("This playlist is no longer on YouTube: choose another one"),
  playlistContainsMaximumNumberOfVideos: invalid("This YouTube playlist is full: choose another one"),
  commentsDisabled: invalid("Comments are switched off below this video on YouTube"),
  commentTextRequired: invalid("YouTube needs a text for the comment"),
  commentTextTooLong: invalid("This comment is too long for YouTube: shorten it"),
  commentNotFound: invalid("This comment is no longer on YouTube"),
  processingFailure: invalid("YouTube could not work with this text: change it and try again"),
  ineligibleAccount: forbidden(
    "This Google account may not comment on YouTube: sign in at youtube.com and finish setting up its channel",
  ),
};

function invalid(message: string): Refusal {
  return { kind: "invalid", message };
}

function forbidden(message: string): Refusal {
  return { kind: "forbidden", message };
}
