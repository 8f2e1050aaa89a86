import type { GraphPlatform } from "../families/graph-errors.ts";
import type { Refusal } from "../families/graph-refusals.ts";

const passing: Refusal = { kind: "unavailable", says: "is having trouble; we will try again" };
/** Not a no we may rely on: a container that is gone may be one that was published. */
const containerGone: Refusal = {
  kind: "unavailable",
  says: "no longer finds what was prepared there; we look into it",
};
const uploadFailed: Refusal = {
  kind: "unavailable",
  says: "could not take the file this time; we will try again",
};
const notReady: Refusal = {
  kind: "rate_limited",
  says: "is still working on the pictures or the video; we try again shortly",
  retryAfterMs: 30_000,
};
const fullDay: Refusal = {
  kind: "rate_limited",
  says: "has taken as many posts as it allows this account in 24 hours; we wait for the next place",
};
const restricted: Refusal = {
  kind: "forbidden",
  says: "has restricted this account: sign in there and do what it asks, then try again",
};
const notFetched: Refusal = {
  kind: "invalid",
  says: "could not fetch the file from this server: its public address must be reachable from the internet, and the file a JPEG or an MP4",
};
const tooLarge: Refusal = { kind: "invalid", says: "takes pictures of at most 8 MB" };
const notJpeg: Refusal = { kind: "invalid", says: "takes pictures as JPEG only" };
const badShape: Refusal = {
  kind: "invalid",
  says: "takes pictures from 4:5 upright to 1.91:1 wide: crop this one",
};
const badVideo: Refusal = {
  kind: "invalid",
  says: "cannot use this video: export it as an MP4 with H.264 and AAC, of 3 seconds to 15 minutes",
};
const captionTooLong: Refusal = { kind: "invalid", says: "takes captions of at most 2,200 characters" };
const productTags: Refusal = { kind: "invalid", says: "does not take the product tags of this post" };

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes (checked 2026-11) */
export const platform: GraphPlatform = {
  name: "Instagram",
  useCase: "instagram",
  refusals: {
    [-2]: passing,
    [-1]: passing,
    9: fullDay,
    24: containerGone,
    25: restricted,
    352: badVideo,
    9004: notFetched,
    9007: notReady,
    36000: tooLarge,
    36001: notJpeg,
    36003: badShape,
    36004: captionTooLong,
    2207001: passing,
    2207003: uploadFailed,
    2207004: tooLarge,
    2207005: notJpeg,
    2207006: containerGone,
    2207008: containerGone,
    2207009: badShape,
    2207010: captionTooLong,
    2207020: containerGone,
    2207023: { kind: "invalid", says: "does not know this kind of media" },
    2207026: badVideo,
    2207027: notReady,
    2207028: { kind: "invalid", says: "takes 2 to 10 pictures and videos in one carousel" },
    2207032: passing,
    2207035: productTags,
    2207036: productTags,
    2207037: productTags,
    2207040: { kind: "invalid", says: "takes at most 20 @mentions in one caption" },
    2207042: fullDay,
    2207050: restricted,
    2207051: {
      kind: "forbidden",
      says: "takes this for spam and holds it back: look at the account there before posting again",
    },
    2207052: notFetched,
    2207053: uploadFailed,
    2207057: { kind: "invalid", says: "cannot take the cover from that moment of the video" },
    2207077: uploadFailed,
    2207081: { kind: "invalid", says: "does not allow trial reels on this account" },
    2207082: uploadFailed,
  },
  named: {
    INSTAGRAM_PLATFORM_API__PERMISSION: {
      kind: "forbidden",
      says: "has not given us the permission for this: connect the account again and allow everything it asks for",
    },
    INSTAGRAM_PLATFORM_API__INVALID_PARAM: {
      kind: "invalid",
      says: "refused a part of this post as not valid: change it and try again",
    },
    INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID: { kind: "invalid", says: "does not know this place" },
    "Not enough viewers": {
      kind: "forbidden",
      says: "shows no numbers while few have seen this",
      code: "too_few_viewers",
    },
  },
};
