import type { GraphPlatform } from "../families/graph-errors.ts";
import type { Refusal } from "../families/graph-refusals.ts";

/**
 * Said of a container that is too new, and of one that is gone; one that was published may be gone. So it is no no:
 * the container itself is asked.
 */
const containerNotFound: Refusal = {
  kind: "unavailable",
  says: "does not find what was prepared there, or not yet; we look into it",
};
const uploadFailed: Refusal = {
  kind: "unavailable",
  says: "could not take the file this time; we will try again",
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
  says: "could not fetch the file from this server: its public address must be reachable from the internet, and the file a JPEG, a PNG or an MP4",
};
const badVideo = (says: string): Refusal => ({ kind: "invalid", says });

/** Threads has no table of its own: what has been seen there, and what the same machinery says for Instagram (checked 2026-11). */
export const platform: GraphPlatform = {
  name: "Threads",
  version: "v1.0", // https://developers.facebook.com/docs/threads/changelog (checked 2026-11)
  useCase: null,
  refusals: {
    9: fullDay,
    24: containerNotFound,
    9004: notFetched,
    36000: { kind: "invalid", says: "takes pictures of at most 8 MB" },
    36001: { kind: "invalid", says: "takes pictures as JPEG or PNG only" },
    36003: { kind: "invalid", says: "takes pictures at most ten times as long as wide: crop this one" },
    2207003: uploadFailed,
    2207042: fullDay,
    2207050: restricted,
    2207051: {
      kind: "forbidden",
      says: "takes this for spam and holds it back: look at the account there before posting again",
    },
    2207052: notFetched,
    2207053: uploadFailed,
    4279004: {
      kind: "unavailable",
      says: "could not put the pictures of this post together; we will try again",
    },
    4279009: containerNotFound,
    4279013: restricted,
    4279047: {
      kind: "invalid",
      says: "does not take this link: check the address, or put it into the text",
    },
  },
  named: {
    THREADS_API__LINK_LIMIT_EXCEEDED: {
      kind: "invalid",
      says: "takes at most 5 different links in one post: take some out",
      code: "too_many_links",
    },
    THREADS_API__FEATURE_NOT_AVAILABLE: {
      kind: "forbidden",
      says: "does not offer this to the account: it may have to be linked to an Instagram account first",
      code: "feature_not_available",
    },
    "Param text must be at most": {
      kind: "invalid",
      says: "takes at most 500 characters, and counts an emoji as several: shorten the text",
      code: "text_too_long",
    },
  },
};

/** Why a container failed, where the file is at fault. https://developers.facebook.com/docs/threads/troubleshooting (checked 2026-11) */
export const failures: Readonly<Record<string, Refusal>> = {
  FAILED_PROCESSING_AUDIO: badVideo("cannot use the sound of this video: export it with AAC"),
  FAILED_PROCESSING_VIDEO: badVideo("cannot use this video: export it as an MP4 with H.264 and AAC"),
  INVALID_ASPEC_RATIO: badVideo("does not take a video of this shape"), // sic
  INVALID_ASPECT_RATIO: badVideo("does not take a video of this shape"),
  INVALID_AUDIO_CHANNELS: badVideo("takes videos with one or two channels of sound"),
  INVALID_AUDIO_CHANNEL_LAYOUT: badVideo("takes videos with one or two channels of sound"),
  INVALID_BIT_RATE: badVideo("takes videos of at most 100 Mbit/s: export this one smaller"),
  INVALID_DURATION: badVideo("takes videos of at most 5 minutes"),
  INVALID_FRAME_RATE: badVideo("takes videos of 23 to 60 pictures a second"),
};
